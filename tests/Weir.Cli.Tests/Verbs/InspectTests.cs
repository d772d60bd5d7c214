using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Tests.Verbs;

/// <summary><c>weir tree</c>, <c>trace</c>, <c>export</c>, <c>events</c>, <c>stats</c>, <c>check</c> against running controllers.</summary>
public sealed class InspectTests(LiveCluster cluster)
{
    [Fact]
    public async Task A_tree_follows_Kustomizations_and_releases()
    {
        var (code, output, _) = await cluster.RunAsync("tree", "kustomization", "apps");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            Kustomization/flux-system/apps
            ├── ConfigMap/flux-system/settings
            ├── HelmRelease/flux-system/app
            │   └── ConfigMap/flux-system/released
            └── Kustomization/flux-system/nested
                └── ConfigMap/flux-system/inner


            """,
            output);
    }

    [Fact]
    public async Task A_compact_tree_holds_only_what_is_of_Flux()
    {
        var (_, output, _) = await cluster.RunAsync("tree", "ks", "apps", "--compact");
        Assert.Equal("Kustomization/flux-system/apps\n├── HelmRelease/flux-system/app\n└── Kustomization/flux-system/nested\n\n", output);
    }

    [Fact]
    public async Task A_tree_can_be_read_by_programs()
    {
        var (_, json, _) = await cluster.RunAsync("tree", "ks", "nested", "-o", "json");
        var (_, yaml, _) = await cluster.RunAsync("tree", "ks", "nested", "-o", "yaml");
        var wanted = YamlReader.Read("""
            resource: {Namespace: flux-system, Name: nested, GroupKind: {Group: kustomize.toolkit.fluxcd.io, Kind: Kustomization}}
            resources:
            - resource: {Namespace: flux-system, Name: inner, GroupKind: {Group: '', Kind: ConfigMap}}
            """).Result!;
        Assert.True(Value.DeepEquals(wanted, YamlReader.Read(json).Result), json);
        Assert.True(Value.DeepEquals(wanted, YamlReader.Read(yaml).Result), yaml);
        var wrong = await cluster.RunAsync("tree", "ks", "nested", "-o", "xml");
        Assert.Equal((1, "✗ the output format 'xml' is not known; it is json or yaml\n"), (wrong.Code, wrong.Errors));
    }

    [Fact]
    public async Task A_trace_of_a_Kustomizations_object_has_the_layout_of_flux()
    {
        var ready = Ready(await cluster.GetAsync(Kustomization.Kind, "nested"));
        var (code, output, _) = await cluster.RunAsync("trace", "configmap", "inner");
        Assert.Equal(0, code);
        var source = Ready(await cluster.GetAsync(GitRepository.Kind, "fleet"));
        Assert.Equal(
            $"""

            Object:          ConfigMap/inner
            Namespace:       flux-system
            Status:          Managed by Flux
            ---
            Kustomization:   nested
            Namespace:       flux-system
            Path:            ./nested
            Revision:        main@sha1:{cluster.Commit}
            Status:          Last reconciled at {ready.Time}
            Message:         Applied revision: main@sha1:{cluster.Commit}
            ---
            GitRepository:   fleet
            Namespace:       flux-system
            URL:             https://git.example.com/fleet
            Branch:          main
            Revision:        main@sha1:{cluster.Commit}
            Status:          Last reconciled at {source.Time}
            Message:         stored artifact for revision 'main@sha1:{cluster.Commit}'

            """,
            output);
    }

    [Fact]
    public async Task A_trace_of_a_releases_object_names_its_chart()
    {
        var (code, output, _) = await cluster.RunAsync("trace", "released", "--kind", "ConfigMap", "--api-version", "v1");
        Assert.Equal(0, code);
        Assert.Equal(
            ["Object:         ConfigMap/released", "HelmRelease:    app", "HelmChart:      flux-system-app", "GitRepository: fleet"],
            output.Split('\n').Where(static l => l.StartsWith("Object", StringComparison.Ordinal) || l.StartsWith("Helm", StringComparison.Ordinal) || l.StartsWith("Git", StringComparison.Ordinal)));
        Assert.Contains("\nChart:          ./chart\nVersion:        *\nRevision:       1.2.3\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_of_nobody_cannot_be_traced()
    {
        var (code, _, errors) = await cluster.RunAsync("trace", "gitrepository/fleet");
        Assert.Equal((1, "✗ failed to trace GitRepository/fleet in namespace flux-system: object not managed by Flux\n"), (code, errors));
        var wrong = await cluster.RunAsync("trace", "fleet");
        Assert.Equal((1, "✗ either `<resource>/<name>` or `<resource> <name>` is required as an argument\n"), (wrong.Code, wrong.Errors));
    }

    [Fact]
    public async Task An_export_can_be_applied_again()
    {
        var (code, output, _) = await cluster.RunAsync("export", "source", "git", "fleet");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              labels:
                shard: one
              name: fleet
              namespace: flux-system
            spec:
              interval: 1h
              ref:
                branch: main
              timeout: 60s
              url: https://git.example.com/fleet

            """,
            string.Join('\n', output.Split('\n').Where(static l => !l.Contains("annotations:", StringComparison.Ordinal) && !l.Contains("requestedAt", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("✗ name is required\n", "ks")]
    [InlineData("✗ no objects found in empty namespace\n", "hr", "--all", "-n", "empty")]
    [InlineData("✗ buckets.source.toolkit.fluxcd.io \"absent\" not found\n", "source", "bucket", "absent")]
    public async Task What_cannot_be_exported_is_told(string message, params string[] arguments)
    {
        var (code, output, errors) = await cluster.RunAsync(["export", .. arguments]);
        Assert.Equal((1, "", message), (code, output, errors));
    }

    [Fact]
    public async Task Events_of_an_object_come_with_those_of_its_source()
    {
        var (code, output, _) = await cluster.RunAsync("events", "--for", "Kustomization/nested");
        Assert.Equal(0, code);
        Assert.Equal(["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"], output.Split('\n')[0].Split('\t').Select(static c => c.Trim()));
        Assert.Contains("Kustomization/nested\tConfigMap/flux-system/inner created", output, StringComparison.Ordinal);
        Assert.Contains("GitRepository/fleet", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Kustomization/apps", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_told_by_type()
    {
        var (_, output, _) = await cluster.RunAsync("events", "-A", "--types", "Warning");
        Assert.StartsWith("NAMESPACE", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), static l => Assert.Equal("Warning", l.Split('\t')[2].Trim()));
        var wrong = await cluster.RunAsync("events", "--types", "loud");
        Assert.Equal((1, "✗ type 'loud' not supported. Supported types are Normal, Warning\n"), (wrong.Code, wrong.Errors));
        var unknown = await cluster.RunAsync("events", "--for", "Deployment/a");
        Assert.Equal((1, "✗ 'Deployment' is not a recognized Flux kind\n"), (unknown.Code, unknown.Errors));
        var none = await cluster.RunAsync("events", "-n", "empty");
        Assert.Equal((0, "", "✗ No events found in empty namespace.\n"), (none.Code, none.Output, none.Errors));
    }

    [Fact]
    public async Task Stats_count_by_kind_and_state()
    {
        var (code, output, _) = await cluster.RunAsync("stats", "-A");
        Assert.Equal(0, code);
        var lines = output.Split('\n');
        Assert.Equal("RECONCILERS          \tRUNNING\tFAILING\tSUSPENDED\tSTORAGE ", lines[0][..(lines[0].LastIndexOf("STORAGE", StringComparison.Ordinal) + 8)]);
        Assert.Equal("GitRepository", lines[1].Split('\t')[0].Trim());
        Assert.Matches(@"^Bucket *\t0 *\t0 *\t0 *\t- *\t$", lines[5]);
        Assert.Matches(@"\n" + @"Kustomization *\t\d+ *\t[1-9] *\t0 *\t- *\t\n", output);
        Assert.Matches(@"\nHelmChart *\t1 *\t0 *\t0 *\t\d+ B *\t\n", output);
    }

    [Fact]
    public async Task Checks_name_the_version_and_every_kind()
    {
        var pre = await cluster.RunAsync("check", "--pre");
        Assert.Equal(0, pre.Code);
        Assert.Matches("^► checking prerequisites\n✔ Kubernetes 1\\.\\d+\\.\\d+\\S* >=1.33.0-0\n✔ prerequisites checks passed\n$", pre.Errors);
        var all = await cluster.RunAsync("check");
        Assert.Equal(0, all.Code);
        Assert.Contains("\n► checking crds\n✔ gitrepositories.source.toolkit.fluxcd.io/v1\n", all.Errors, StringComparison.Ordinal);
        Assert.EndsWith("\n✔ all checks passed\n", all.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Controllers_that_are_not_available_fail_the_check()
    {
        await cluster.CreateAsync("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: weir, namespace: empty, labels: {app.kubernetes.io/part-of: flux}}
            spec:
              replicas: 0
              selector: {matchLabels: {app: weir}}
              template: {metadata: {labels: {app: weir}}, spec: {containers: [{name: manager, image: 'example.com/weir:1'}]}}
            """);
        await cluster.Client.PatchAsync(
            new("apps", "v1", "Deployment"), "empty", "weir", PatchType.Merge,
            (MapValue)YamlReader.Read("{status: {conditions: [{type: Available, status: 'False', reason: Down}]}}").Result!,
            new WriteOptions { Subresource = "status" },
            TestContext.Current.CancellationToken);
        var (_, _, errors) = await cluster.RunAsync("check", "-n", "empty");
        await cluster.Client.DeleteAsync(new("apps", "v1", "Deployment"), "empty", "weir", new(), TestContext.Current.CancellationToken);
        Assert.Matches("\n[✗✔] weir: deployment (not )?ready\n► example.com/weir:1\n", errors);
    }

    private static (string Time, string Message) Ready(MapValue value)
    {
        var ready = Getting.FluxRow.Condition(value.GetMap("status"), "Ready")!;
        return (ready.GetString("lastTransitionTime")!.Replace('T', ' ').Replace("Z", " +0000 UTC", StringComparison.Ordinal), ready.GetString("message")!);
    }
}
