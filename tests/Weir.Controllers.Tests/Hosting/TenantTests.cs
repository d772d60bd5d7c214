using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers.Tests.Hosting;

/// <summary>The lockdown of a cluster with tenants: what one of them asks for is done with its own rights, in its own namespace.</summary>
public sealed class TenantTests(HostWorld world) : IClassFixture<HostWorld>, IAsyncLifetime
{
    private ControllerHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await world.ApplyAsync("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: tenant}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: reconciler, namespace: tenant}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reconciler, namespace: tenant}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
            subjects: [{kind: ServiceAccount, name: reconciler, namespace: tenant}]
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: fleet, namespace: tenant}
            spec: {interval: 1h, url: 'https://git.example.com/fleet'}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: platform, namespace: default}
            spec: {interval: 1h, url: 'https://git.example.com/fleet'}
            """);
        _host = await ControllerHost.StartAsync(
            world.Options() with { BlocksCrossNamespaceReferences = true, DefaultServiceAccount = "default" }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "{interval: 1h, path: ./app, prune: true, sourceRef: {kind: GitRepository, name: platform, namespace: default}}", "can't access 'GitRepository/default/platform', cross-namespace references have been blocked")]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "{interval: 1h, chart: {spec: {chart: ./chart, sourceRef: {kind: GitRepository, name: platform, namespace: default}}}}", "can't access 'HelmChart/default/tenant-denied-helmrelease-LENGTH', cross-namespace references have been blocked")]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "{interval: 1h, chartRef: {kind: OCIRepository, name: platform, namespace: default}}", "can't access 'OCIRepository/default/platform', cross-namespace references have been blocked")]
    [InlineData("source.extensions.fluxcd.io/v1beta1", "ArtifactGenerator", "{sources: [{alias: a, kind: GitRepository, name: platform, namespace: default}], artifacts: [{name: made, copy: [{from: '@a/**', to: '@artifact/'}]}]}", "cross-namespace reference to source GitRepository/default/platform")]
    public async Task References_to_other_namespaces_are_refused(string version, string kind, string spec, string message)
    {
        var name = $"denied-{kind.ToLowerInvariant()}-{spec.Length}";
        await world.ApplyAsync($"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: tenant}}\nspec: {spec}\n");
        var live = await world.UntilAsync(GroupVersionKind.Of(version, kind), "tenant", name, static v => HostWorld.Ready(v).StartsWith("False AccessDenied", StringComparison.Ordinal));
        Assert.Contains(message.Replace("LENGTH", $"{spec.Length}", StringComparison.Ordinal), HostWorld.Ready(live), StringComparison.Ordinal);
        Assert.StartsWith("True AccessDenied", Sources.SourceScene.Condition(live, "Stalled"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_account_objects_act_as_the_default_one()
    {
        await world.ApplyAsync(Kustomization("unnamed", "./app", ""));
        var live = await world.UntilAsync(Flux.Kustomization.Kind, "tenant", "unnamed", static v => HostWorld.Ready(v).StartsWith("False ReconciliationFailed", StringComparison.Ordinal));
        Assert.Contains("User \"system:serviceaccount:tenant:default\" cannot ", HostWorld.Ready(live), StringComparison.Ordinal);
        Assert.Null(await FindAsync("unnamed-applied", "tenant"));
    }

    [Fact]
    public async Task An_account_applies_and_prunes_with_its_rights_only()
    {
        await world.ApplyAsync(Kustomization("own", "./app", "reconciler"));
        await world.UntilAsync(Flux.Kustomization.Kind, "tenant", "own", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        Assert.NotNull(await FindAsync("own-applied", "tenant"));

        await world.ApplyAsync(Kustomization("thief", "./other", "reconciler").Replace("targetNamespace: tenant, ", "", StringComparison.Ordinal));
        var live = await world.UntilAsync(Flux.Kustomization.Kind, "tenant", "thief", static v => HostWorld.Ready(v).StartsWith("False ReconciliationFailed", StringComparison.Ordinal));
        Assert.Contains("User \"system:serviceaccount:tenant:reconciler\" cannot ", HostWorld.Ready(live), StringComparison.Ordinal);
        Assert.Null(await FindAsync("thief-stolen", "default"));

        await world.Client.DeleteAsync(Flux.Kustomization.Kind, "tenant", "own", new(), TestContext.Current.CancellationToken);
        while (await FindAsync("own-applied", "tenant") is not null)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_release_reads_and_writes_with_the_rights_of_its_account()
    {
        await world.ApplyAsync(Release("good", "tenant", "reconciler"));
        await world.UntilAsync(HelmRelease.Kind, "tenant", "good", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        Assert.Equal("true", (await FindAsync("released", "tenant"))!.GetMap("data")!.GetString("found"));

        // Another namespace may not be looked at while rendering, and nothing is stored for what failed.
        await world.ApplyAsync(Release("curious", "default", "reconciler"));
        var live = await world.UntilAsync(HelmRelease.Kind, "tenant", "curious", static v => HostWorld.Ready(v).StartsWith("False InstallFailed", StringComparison.Ordinal));
        Assert.Contains("User \"system:serviceaccount:tenant:reconciler\" cannot get resource \"configmaps\"", HostWorld.Ready(live), StringComparison.Ordinal);

        // Storage in a namespace of others is refused by the cluster.
        await world.ApplyAsync(Release("elsewhere", "tenant", "reconciler").Replace("spec: {interval", "spec: {storageNamespace: default, interval", StringComparison.Ordinal));
        live = await world.UntilAsync(HelmRelease.Kind, "tenant", "elsewhere", static v => HostWorld.Ready(v).StartsWith("False", StringComparison.Ordinal) && !HostWorld.Ready(v).Contains("SourceNotReady", StringComparison.Ordinal));
        Assert.Contains("User \"system:serviceaccount:tenant:reconciler\" cannot ", HostWorld.Ready(live), StringComparison.Ordinal);
    }

    private Task<MapValue?> FindAsync(string name, string space) =>
        world.Client.FindAsync(new("", "v1", "ConfigMap"), space, name, TestContext.Current.CancellationToken);

    private static string Kustomization(string name, string path, string account) =>
        $"{{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {{name: {name}, namespace: tenant}}, spec: {{interval: 1h, path: {path}, prune: true, targetNamespace: tenant, namePrefix: {name}-, serviceAccountName: '{account}', sourceRef: {{kind: GitRepository, name: fleet}}}}}}\n";

    private static string Release(string name, string from, string account) =>
        $"{{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {{name: {name}, namespace: tenant}}, spec: {{interval: 1h, serviceAccountName: '{account}', values: {{from: {from}}}, chart: {{spec: {{chart: ./chart, sourceRef: {{kind: GitRepository, name: fleet}}}}}}}}}}\n";
}
