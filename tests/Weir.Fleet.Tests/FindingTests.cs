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

    [Theory]
    [InlineData("spec: {replicas: text}", "schema-violation", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("spec: {replica: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}", "schema-violation", "spec.replica: field not declared in schema")]
    [InlineData("spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: i}]}}}", "schema-violation", "spec.template.metadata.labels: Invalid value: {\"a\":\"c\"}: `selector` does not match template `labels`")]
    [InlineData("spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: gone}}]}]}}}", "missing-reference", "its pods need Secret 'default/gone', which the fleet does not have")]
    [InlineData("spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: 'i:$${TAG}'}]}}}", "unresolved-variable", "spec.template.spec.containers[0].image holds ${TAG}, which nothing replaces")]
    public async Task What_an_API_server_would_refuse_is_told_before(string spec, string rule, string message)
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Write("apps/new.yaml", $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: new, namespace: default}}\n{spec}");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.Contains(report.Findings, f => f.Rule == rule && f.Message == message && f.Span.File == "apps/new.yaml");
    }

    [Fact]
    public async Task Custom_resources_are_checked_with_the_definitions_of_the_fleet_and_their_rules()
    {
        using var repository = new Repository();
        repository.Write("apps/definition.yaml", """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: things, singular: thing, kind: Thing, listKind: ThingList}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties: {low: {type: integer}, high: {type: integer}}
                        x-kubernetes-validations:
                        - {rule: self.low <= self.high, message: low must not be above high}
            """);
        repository.Write("apps/thing.yaml", "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, namespace: default}\nspec: {low: 1, high: 2}");
        var from = repository.Commit();
        repository.Replace("apps/thing.yaml", "low: 1", "low: 3");
        var finding = Assert.Single((await repository.DiffAsync(from, repository.Commit())).Findings);
        Assert.Equal(("schema-violation", FindingSeverity.Error), (finding.Rule, finding.Severity));
        Assert.Contains("low must not be above high", finding.Message);

        // What was wrong before is no news.
        from = repository.Commit();
        repository.Replace("apps/thing.yaml", "high: 2", "high: 1");
        Assert.Empty((await repository.DiffAsync(from, repository.Commit())).Findings);
    }

    [Fact]
    public async Task Retired_versions_and_unknown_namespaces_are_found()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Write("apps/budget.yaml", "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: b, namespace: nowhere}\nspec: {minAvailable: 1}");
        var findings = (await repository.DiffAsync(from, repository.Commit())).Findings;
        Assert.Contains(findings, f => f is { Rule: "retired-api", Message: "policy/v1beta1 PodDisruptionBudget is not served since Kubernetes 1.25: write policy/v1" });
        Assert.Contains(findings, f => f is { Rule: "missing-reference", Message: "the fleet has no Namespace 'nowhere'" });
    }

    [Fact]
    public async Task Changes_below_a_suspended_parent_are_told_to_wait()
    {
        using var repository = new Repository();
        repository.Replace("clusters/one/apps.yaml", "prune: true", "prune: true\n  suspend: true");
        var from = repository.Commit();
        repository.Replace("apps/release.yaml", "replicas: 2", "replicas: 3");
        var findings = (await repository.DiffAsync(from, repository.Commit())).Findings;
        Assert.Contains(findings, f => f.Rule == "suspended" && f.Unit.Kind == "HelmRelease" && f.Message.StartsWith("its parent Kustomization flux-system/apps is suspended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_of_Secrets_stands_in_no_finding()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Write("apps/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: default}\ntype: kubernetes.io/tls\nstringData: {tls.crt: t0p-s3cret}");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.Contains(report.Findings, f => f.Rule == "schema-violation");
        Assert.DoesNotContain("t0p-s3cret", JsonReport.Write(report));
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
