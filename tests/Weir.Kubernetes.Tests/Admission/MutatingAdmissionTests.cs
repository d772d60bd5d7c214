using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes.Tests.Admission;

/// <summary>MutatingAdmissionPolicies change objects by merges and patches.</summary>
public sealed class MutatingAdmissionTests
{
    private const string Constraints = "matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}";

    [Fact]
    public void An_object_is_merged() => Assert.Equal("2 {\"app\":\"x\",\"env\":\"test\"}", Mutate("""
        - patchType: ApplyConfiguration
          applyConfiguration:
            expression: "Object{metadata: Object.metadata{labels: {'env': namespaceObject.metadata.labels.env}}, spec: Object.spec{replicas: object.spec.replicas + 1}}"
        """));

    [Fact]
    public void Patches_are_applied_in_order() => Assert.Equal("7 {\"a/b\":\"x\",\"app\":\"x\"}", Mutate("""
        - patchType: JSONPatch
          jsonPatch:
            expression: "[JSONPatch{op: 'test', path: '/spec/replicas', value: 1}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 7}]"
        - patchType: JSONPatch
          jsonPatch:
            expression: "[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('a/b'), value: object.spec.replicas == 7 ? 'x' : 'y'}]"
        """));

    [Fact]
    public void A_test_that_fails_changes_nothing() => Assert.Equal("1 {\"app\":\"x\"}", Mutate("""
        - patchType: JSONPatch
          jsonPatch:
            expression: "[JSONPatch{op: 'test', path: '/spec/replicas', value: 9}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 7}]"
        """));

    [Theory]
    [InlineData("Object{spec: Object.other{}}", "type mismatch: unexpected type name \"Object.other\", expected \"Object.spec\", which matches field name path from root Object type")]
    [InlineData("Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{containers: [Object.spec.template.spec.containers{name: 'a', command: ['x']}]}}}}", "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.template.spec.containers[0].command")]
    [InlineData("object.nope == 1 ? Object{} : Object{}", "expression 'object.nope == 1 ? Object{} : Object{}' resulted in error: no such key: nope")]
    public void What_cannot_be_merged_is_refused(string expression, string error) => Assert.Equal($"policy 'p' with binding 'b' denied request: {error}", Mutate($$"""
        - patchType: ApplyConfiguration
          applyConfiguration:
            expression: "{{expression}}"
        """));

    [Theory]
    [InlineData("1 + 1", "must evaluate to Object but got int")]
    [InlineData("Other{}", "compilation failed: ERROR: <input>:1:6: undeclared reference to 'Other' (in container '')\n | Other{}\n | .....^")]
    public void Expressions_are_checked_when_the_policy_is_written(string expression, string error)
    {
        var policy = AdmissionCases.Yaml($"kind: MutatingAdmissionPolicy\nmetadata: {{name: p}}\nspec: {{mutations: [{{patchType: ApplyConfiguration, applyConfiguration: {{expression: '{expression}'}}}}]}}\n");
        var errors = new List<FieldError>();
        PolicyExpressions.Check(policy, errors);
        Assert.Equal([$"spec.mutations[0].applyConfiguration.expression: Invalid value: \"{expression}\": {error}"], errors.Select(e => e.ToString()));
    }

    private static string Mutate(string mutations)
    {
        var value = AdmissionCases.Yaml("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, namespace: dev, labels: {app: x}}
            spec: {replicas: 1, selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: a, image: b}]}}}
            """);
        var policy = AdmissionCases.Bound($"kind: MutatingAdmissionPolicy\nspec:\n  {Constraints}\n  mutations:\n    {mutations.Replace("\n", "\n    ", StringComparison.Ordinal)}\n", "matchResources: {}");
        var schema = BuiltInSchemas.Find(new GroupVersionKind("apps", "v1", "Deployment"))!;
        var (mutated, refusal) = MutatingAdmission.Apply(AdmissionCases.Create(value), [policy], schema, v => v, new FakeWorld(), CancellationToken.None);
        return refusal?.Message ?? $"{mutated.At("spec", "replicas")} {JsonWriter.Write(mutated.GetMap("metadata")!["labels"]!)}";
    }
}
