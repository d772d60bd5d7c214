using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Helm;
using Weir.Values;

namespace Weir.Controllers.Tests.HelmCharts;

public sealed class HelmChartControllerTests(SourceWorld world)
{
    private const string Repository = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmRepository
        metadata: {name: repo}
        spec: {interval: 10m, url: "https://charts.example.com"}
        """;

    private const string Git = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: repo}
        spec: {interval: 10m, url: "https://git.example.com/fleet"}
        """;

    private static readonly (string, string, string)[] Mirrors =
    [
        ("https://charts.example.com", "repository", ""),
        ("oci://registry.example.com/charts/app", "repository", ""),
        ("https://git.example.com/fleet", "fleet", ""),
        ("https://git.example.com/umbrella", "umbrella", ""),
    ];

    [Theory]
    [InlineData("*", "1.2.0")]
    [InlineData("~1.0", "1.0.0")]
    [InlineData("1.0.0", "1.0.0")]
    public async Task A_range_names_the_highest_version_of_the_repository(string range, string version)
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Repository);

        var chart = await scene.ReconcileAsync(Chart("app", "HelmRepository", $"version: \"{range}\""));

        Assert.Equal($"True ChartPullSucceeded pulled 'app' chart with version '{version}'", SourceScene.Condition(chart, ConditionTypes.Ready));
        Assert.Equal($"helmchart/{scene.Namespace}/chart/app-{version}.tgz", SourceScene.Artifact(chart, "path"));
        Assert.Equal($"http://artifacts.test/helmchart/{scene.Namespace}/chart/latest.tar.gz", chart.GetMap("status")!.GetString("url"));
        Assert.Equal("https://charts.example.com", SourceScene.Mirror(chart));
        Assert.Equal(version, Load(scene, chart).Metadata.Version);
    }

    [Fact]
    public async Task A_version_that_is_not_in_the_index_stalls()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Repository);

        var chart = await scene.ReconcileAsync(Chart("app", "HelmRepository", "version: \"9.x\""));

        Assert.Equal(
            "True InvalidChartReference invalid chart reference: failed to get chart version for remote reference: no 'app' chart with version matching '9.x' found",
            SourceScene.Condition(chart, ConditionTypes.Stalled));
    }

    [Fact]
    public async Task A_registry_needs_no_artifact_of_its_own()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Repository.Replace("url: \"https://charts.example.com\"", "type: oci, url: \"oci://registry.example.com/charts\"", StringComparison.Ordinal));

        var chart = await scene.ReconcileAsync(Chart("app", "HelmRepository", "version: 1.x"));

        Assert.Equal("1.2.0", SourceScene.Artifact(chart, "revision"));
        Assert.Equal("oci://registry.example.com/charts/app", SourceScene.Mirror(chart));
    }

    [Fact]
    public async Task A_signature_that_cannot_be_checked_stops_the_chart()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Repository.Replace("url: \"https://charts.example.com\"", "type: oci, url: \"oci://registry.example.com/charts\"", StringComparison.Ordinal));

        var chart = await scene.ReconcileAsync(Chart("app", "HelmRepository", "verify: {provider: cosign}"));

        Assert.StartsWith("True VerificationError failed to verify the signature using provider 'cosign keyless': the mirror of this repository has no signatures", SourceScene.Condition(chart, ConditionTypes.Stalled), StringComparison.Ordinal);
        Assert.Equal("", SourceScene.Artifact(chart, "revision"));
    }

    [Fact]
    public async Task A_source_without_an_artifact_is_waited_for()
    {
        using var scene = await world.EnterAsync();
        await scene.ReconcileAsync(Repository.Replace("https://charts.example.com", "http://127.0.0.1:1", StringComparison.Ordinal));

        var chart = await scene.ReconcileAsync(Chart("app", "HelmRepository", ""));

        Assert.Equal("False NoSourceArtifact no artifact available for HelmRepository source 'repo'", SourceScene.Condition(chart, ConditionTypes.Ready));
    }

    [Fact]
    public async Task A_source_that_is_not_there_fails()
    {
        using var scene = await world.EnterAsync();

        var chart = await scene.ReconcileAsync(Chart("app", "Bucket", ""));

        Assert.Equal(
            "False SourceUnavailable failed to get source: buckets.source.toolkit.fluxcd.io \"repo\" not found",
            SourceScene.Condition(chart, ConditionTypes.Ready));
    }

    [Fact]
    public async Task A_chart_in_git_is_packaged_under_its_own_version()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Git);

        var chart = await scene.ReconcileAsync(Chart("charts/app", "GitRepository", "version: \"*\""));

        Assert.Equal("True ChartPackageSucceeded packaged 'app' chart with version '0.3.0'", SourceScene.Condition(chart, ConditionTypes.Ready));
        Assert.Equal("app", chart.GetMap("status")!.GetString("observedChartName"));
        Assert.Equal(["app/Chart.yaml", "app/templates/cm.yaml", "app/values.yaml"], scene.StoredPaths(chart).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_strategy_Revision_adds_the_commit_to_the_version()
    {
        using var scene = await world.EnterAsync(Mirrors);
        var git = await scene.ReconcileAsync(Git);

        var chart = await scene.ReconcileAsync(Chart("charts/app", "GitRepository", "reconcileStrategy: Revision"));

        var commit = SourceScene.Artifact(git, "revision").Split(':')[1][..12];
        Assert.Equal($"0.3.0+{commit}", SourceScene.Artifact(chart, "revision"));
        Assert.Equal($"0.3.0+{commit}", Load(scene, chart).Metadata.Version);
        Assert.Equal(SourceScene.Artifact(git, "revision"), chart.GetMap("status")!.GetString("observedSourceArtifactRevision"));
    }

    [Fact]
    public async Task Values_files_are_laid_over_each_other_and_the_generation_marks_the_version()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Git);

        var chart = await scene.ReconcileAsync(Chart("charts/app", "GitRepository", "valuesFiles: [charts/app/values.yaml, values/prod.yaml]"));

        Assert.Equal(
            "True ChartPackageSucceeded packaged 'app' chart with version '0.3.0+1' and merged values files [charts/app/values.yaml values/prod.yaml]",
            SourceScene.Condition(chart, ConditionTypes.Ready));
        var values = Load(scene, chart).Values;
        Assert.Equal("1", values.At("image", "tag")?.ToString());
        Assert.Equal("app", values.At("image", "name")?.ToString());
    }

    [Fact]
    public async Task A_missing_values_file_stalls_unless_it_may_be_missing()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Git);
        const string files = "valuesFiles: [values/prod.yaml, values/none.yaml]";

        var stalled = await scene.ReconcileAsync(Chart("charts/app", "GitRepository", files));
        var built = await scene.ReconcileAsync(Chart("charts/app", "GitRepository", $"{files}, ignoreMissingValuesFiles: true"));

        Assert.Equal(
            "True ValuesFilesError values files merge error: no values file found at path '/values/none.yaml' (reference 'values/none.yaml')",
            SourceScene.Condition(stalled, ConditionTypes.Stalled));
        Assert.StartsWith("True ChartPackageSucceeded", SourceScene.Condition(built, ConditionTypes.Ready), StringComparison.Ordinal);
        Assert.Equal("[values/prod.yaml]", built.At("status", "observedValuesFiles")?.ToString());
    }

    [Fact]
    public async Task A_path_that_is_not_in_the_artifact_stalls_and_keeps_the_artifact()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Git);
        await scene.ReconcileAsync(Chart("charts/app", "GitRepository", ""));

        var chart = await scene.ReconcileAsync(Chart("charts/none", "GitRepository", ""));

        Assert.Equal(
            "True InvalidChartReference invalid chart reference: stat charts/none: no such file or directory",
            SourceScene.Condition(chart, ConditionTypes.Stalled));
        Assert.Equal("0.3.0", SourceScene.Artifact(chart, "revision"));
    }

    [Fact]
    public async Task Dependencies_come_from_the_artifact_and_from_repositories()
    {
        using var scene = await world.EnterAsync(Mirrors);
        await scene.ReconcileAsync(Git.Replace("/fleet", "/umbrella", StringComparison.Ordinal));

        var chart = await scene.ReconcileAsync(Chart("charts/whole", "GitRepository", ""));

        Assert.Equal("True ChartPackageSucceeded packaged 'whole' chart with version '1.0.0'", SourceScene.Condition(chart, ConditionTypes.Ready));
        Assert.Equal(["front 1.2.0", "part 1.4.0"], Load(scene, chart).Dependencies.Select(d => $"{d.Name} {d.Metadata.Version}").Order(StringComparer.Ordinal));
    }

    private static string Chart(string path, string kind, string more) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmChart
        metadata: {name: chart}
        spec: {interval: 10m, chart: {{path}}, sourceRef: {kind: {{kind}}, name: repo}{{(more.Length > 0 ? ", " + more : "")}}}
        """;

    private static Chart Load(SourceScene scene, MapValue chart) => ChartLoader.LoadArchive(scene.Stored(chart)).Result!;
}
