namespace Weir.EndToEnd.Tests;

/// <summary><c>weir up</c> as its users run it: the program, a repository, commits.</summary>
public sealed class UpTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_example_fleet_becomes_ready()
    {
        using var fleet = new TestFleet();
        Copy(Path.Combine(Repository, "examples", "fleet"), fleet.Folder);
        fleet.Commit();
        await using var weir = fleet.Up("--once", "--timeout", "2m");
        var code = await weir.ExitAsync(TimeSpan.FromMinutes(3));
        Assert.True(code == 0, weir.Output);
        Assert.Contains("✔ staging: ", weir.Output, StringComparison.Ordinal);
        Assert.Contains("✔ production: ", weir.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_commit_arrives_and_what_it_dropped_is_pruned()
    {
        Requires.Kubectl();
        using var fleet = TestFleet.Small().WithChart();
        fleet.Commit();
        await using var weir = fleet.Up();
        await weir.SeesAsync("HelmRelease/default/app", Soon);
        await weir.SeesAsync("Kustomization/flux-system/apps Applied revision", Soon);
        Assert.Equal("blue", fleet.Kubectl("get", "cm", "config", "-o", "jsonpath={.data.color}"));
        Assert.Equal("red", fleet.Kubectl("get", "cm", "app-chart", "-o", "jsonpath={.data.color}"));

        fleet.Write("charts/app/values.yaml", "color: green");
        fleet.Delete("apps/config.yaml");
        var commit = fleet.Commit();
        await weir.SeesAsync($"Kustomization/flux-system/apps Applied revision: main@sha1:{commit[..8]}", Soon);
        await Eventually(() => fleet.Kubectl("get", "cm", "app-chart", "-o", "jsonpath={.data.color}") == "green");
        Assert.DoesNotContain("config", fleet.Kubectl("get", "cm", "-o", "name").Split('\n').Select(n => n.Replace("configmap/", "", StringComparison.Ordinal)));
        Assert.Equal(0, await weir.InterruptAsync());
    }

    [Fact]
    public async Task Uncommitted_files_count_when_asked_for()
    {
        Requires.Kubectl();
        using var fleet = TestFleet.Small();
        fleet.Commit();
        fleet.Write("apps/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: default\ndata:\n  color: pink");
        await using var weir = fleet.Up("--include-worktree");
        await weir.SeesAsync("Kustomization/flux-system/apps Applied revision", Soon);
        Assert.Equal("pink", fleet.Kubectl("get", "cm", "config", "-o", "jsonpath={.data.color}"));
    }

    public static TheoryData<string, string, string, string> BrokenCommits => new()
    {
        { "apps/config.yaml", "apiVersion: v1\nkind: ConfigMap\n  metadata: x: y", "BuildFailed", "config.yaml" },
        { "apps/kustomization.yaml", "resources:\n- config.yaml\nresourcez:\n- x.yaml", "BuildFailed", "resourcez" },
        { "apps/kustomization.yaml", "resources:\n- missing.yaml", "BuildFailed", "missing.yaml" },
        { "clusters/one/apps.yaml", "PATH", "ArtifactFailed", "nowhere" },
    };

    [Theory]
    [MemberData(nameof(BrokenCommits))]
    public async Task A_broken_commit_says_why_keeps_what_was_ready_and_the_next_good_one_recovers(string file, string text, string reason, string named)
    {
        Requires.Kubectl();
        using var fleet = TestFleet.Small();
        var good = fleet.Commit();
        await using var weir = fleet.Up();
        await weir.SeesAsync("Kustomization/flux-system/apps Applied revision", Soon);

        var path = Path.Combine(fleet.Folder, file);
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
        fleet.Write(file, text == "PATH" ? before.Replace("./apps", "./nowhere", StringComparison.Ordinal) : text);
        fleet.Commit("broken");
        await weir.SeesAsync(
            output => output.Split('\n').Any(l => l.StartsWith('✗') && l.Contains(reason, StringComparison.Ordinal) && l.Contains(named, StringComparison.Ordinal)),
            $"{reason} that names {named}", Soon);
        Assert.Equal("blue", fleet.Kubectl("get", "cm", "config", "-o", "jsonpath={.data.color}"));

        fleet.Git("reset", "--quiet", "--hard", good);
        fleet.Write("apps/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: default\ndata:\n  color: yellow");
        var mended = fleet.Commit("mended");
        await weir.SeesAsync($"Kustomization/flux-system/apps Applied revision: main@sha1:{mended[..8]}", Soon);
        Assert.Equal("yellow", fleet.Kubectl("get", "cm", "config", "-o", "jsonpath={.data.color}"));
    }

    [Fact]
    public async Task A_chart_that_fails_to_render_keeps_the_release_and_the_next_good_one_recovers()
    {
        Requires.Kubectl();
        using var fleet = TestFleet.Small().WithChart();
        fleet.Commit();
        await using var weir = fleet.Up();
        await weir.SeesAsync("✔ one HelmRelease/default/app", Soon);

        var template = Path.Combine(fleet.Folder, "charts/app/templates/config.yaml");
        var good = await File.ReadAllTextAsync(template, TestContext.Current.CancellationToken);
        fleet.Write("charts/app/templates/config.yaml", good.Replace(".Values.color", "required \"color is needed\" .Values.none", StringComparison.Ordinal));
        fleet.Commit("broken");
        await weir.SeesAsync("color is needed", Soon);
        Assert.Equal("red", fleet.Kubectl("get", "cm", "app-chart", "-o", "jsonpath={.data.color}"));

        fleet.Write("charts/app/templates/config.yaml", good);
        fleet.Write("charts/app/values.yaml", "color: white");
        fleet.Commit("mended");
        await Eventually(() => fleet.Kubectl("get", "cm", "app-chart", "-o", "jsonpath={.data.color}") == "white");
    }

    [Fact]
    public async Task What_never_becomes_ready_is_told_with_its_cause_first_and_exit_code_1()
    {
        using var fleet = TestFleet.Small();
        fleet.Write("clusters/one/late.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: aaa-late
              namespace: flux-system
            spec:
              interval: 10m
              path: ./apps
              prune: true
              dependsOn:
                - name: bbb-broken
              sourceRef:
                kind: GitRepository
                name: flux-system
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: bbb-broken
              namespace: flux-system
            spec:
              interval: 10m
              path: ./nowhere
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system
            """);
        fleet.Commit();
        await using var weir = fleet.Up("--once", "--timeout", "15s");
        Assert.Equal(1, await weir.ExitAsync(TimeSpan.FromMinutes(1)));
        var report = weir.Output[weir.Output.IndexOf("objects are not Ready", StringComparison.Ordinal)..];
        var cause = report.IndexOf("Kustomization/flux-system/bbb-broken: ArtifactFailed", StringComparison.Ordinal);
        var effect = report.IndexOf("Kustomization/flux-system/aaa-late: DependencyNotReady", StringComparison.Ordinal);
        Assert.True(cause >= 0 && effect > cause, weir.Output);
        Assert.Contains("waits for Kustomization/flux-system/bbb-broken", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no repository", "is not inside a Git repository")]
    [InlineData("no commit", "has no commit")]
    [InlineData("no clusters", "no directory under clusters/")]
    public async Task What_is_no_fleet_is_told_at_once(string state, string message)
    {
        using var fleet = new TestFleet();
        switch (state)
        {
            case "no repository":
                Directory.Delete(Path.Combine(fleet.Folder, ".git"), recursive: true);
                break;
            case "no clusters":
                fleet.Write("README.md", "nothing here");
                fleet.Commit();
                break;
            default:
                break;
        }

        await using var weir = fleet.Up("--once");
        Assert.Equal(1, await weir.ExitAsync(Soon));
        Assert.Contains(message, weir.Output, StringComparison.Ordinal);
    }

    private static string Repository => Path.GetFullPath(Path.Combine(Testing.TestData.ProjectDirectory(typeof(UpTests).Assembly), "..", ".."));

    private static async Task Eventually(Func<bool> condition)
    {
        var end = DateTime.UtcNow + Soon;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "did not happen in time");
            await Task.Delay(100);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
