namespace Weir.Fleet.Tests;

/// <summary>Dangers that a change is warned of.</summary>
public sealed class FindingTests
{
    private const string Claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: default}\nspec: {storageClassName: fast, accessModes: [ReadWriteOnce]}";

    [Fact]
    public async Task Deleting_what_holds_data_is_an_error_unless_it_is_waived()
    {
        using var repository = new Repository();
        repository.Write("apps/claim.yaml", Claim);
        var from = repository.Commit();
        repository.Delete("apps/claim.yaml");
        var report = await repository.DiffAsync(from, repository.Commit());
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("data-deletion", FindingSeverity.Error, "PersistentVolumeClaim/default/data"), (finding.Rule, finding.Severity, finding.Object.ToString()));

        repository.Write("apps/claim.yaml", Claim.Replace("namespace: default}", "namespace: default, annotations: {weir.dev/waive: data-deletion}}", StringComparison.Ordinal));
        from = repository.Commit();
        repository.Delete("apps/claim.yaml");
        Assert.Empty((await repository.DiffAsync(from, repository.Commit())).Findings);
    }

    [Theory]
    [InlineData("apps/claim.yaml", "storageClassName: fast", "storageClassName: slow", "immutable-field")]
    [InlineData("charts/web/templates/deployment.yaml", "selector: {matchLabels: {app: web}}", "selector: {matchLabels: {app: other}}", "immutable-field")]
    [InlineData("apps/release.yaml", "replicas: 2", "replicas: 0", "replicas-zero")]
    [InlineData("charts/web/templates/deployment.yaml", "      containers:", "      hostNetwork: true\n      containers:", "privilege-widening")]
    [InlineData("apps/role.yaml", "verbs: [get]", "verbs: ['*']", "rbac-widening")]
    [InlineData("clusters/one/apps.yaml", "wait: true", "wait: false", "health-check-removed")]
    [InlineData("clusters/one/apps.yaml", "wait: true", "wait: true\n  dependsOn: [{name: nowhere}]", "missing-reference")]
    [InlineData("clusters/one/apps.yaml", "wait: true", "wait: true\n  dependsOn: [{name: apps}]", "dependency-cycle")]
    public async Task A_dangerous_change_is_named(string file, string old, string changed, string rule)
    {
        using var repository = new Repository();
        repository.Write("apps/claim.yaml", Claim);
        repository.Write("apps/role.yaml", "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader, namespace: default}\nrules: [{apiGroups: [''], resources: [pods], verbs: [get]}]");
        var from = repository.Commit();
        repository.Replace(file, old, changed);

        // Rules of units look at units that differ.
        repository.Replace("apps/config.yaml", "color:", "colour:");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.Contains(report.Findings, f => f.Rule == rule);
    }

    [Fact]
    public async Task Two_owners_of_one_object_are_found()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Write("clusters/one/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: default}");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.Contains(report.Findings, f => f.Rule == "duplicate-owner");
    }

    [Fact]
    public async Task Emptying_an_application_is_an_error()
    {
        using var repository = new Repository();
        repository.Write("clusters/one/more.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: more, namespace: flux-system}\nspec: {interval: 1m, path: ./more, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}");
        repository.Write("more/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}");
        repository.Write("more/kustomization.yaml", "resources: [a.yaml]");
        var from = repository.Commit();
        repository.Write("more/kustomization.yaml", "resources: []");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.Contains(report.Findings, f => f.Rule == "prune-everything");
    }
}
