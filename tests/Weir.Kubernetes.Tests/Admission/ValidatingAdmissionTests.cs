using Weir.Values;

namespace Weir.Kubernetes.Tests.Admission;

/// <summary>ValidatingAdmissionPolicies refuse what they should, in kube-apiserver's words.</summary>
public sealed class ValidatingAdmissionTests
{
    private const string Constraints = "matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: ['*'], resources: [configmaps], scope: '*'}]}";
    private const string Denied = "configmaps \"c\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ";

    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData("object.data.size() == 1", null)]
    [InlineData("object.data.size() > 1", "failed expression: object.data.size() > 1")]
    [InlineData("object.nope == 1", "expression 'object.nope == 1' resulted in error: no such key: nope")]
    [InlineData("request.operation == 'CREATE' && request.userInfo.username == 'jane' && request.namespace == 'dev'", null)]
    [InlineData("request.kind.kind == 'ConfigMap' && !has(request.subResource) && oldObject == null", null)]
    [InlineData("namespaceObject.metadata.labels.env == 'test' && namespaceObject.metadata.creationTimestamp.getFullYear() == 2026", null)]
    [InlineData("authorizer.group('apps').resource('deployments').namespace('dev').check('create').allowed()", "failed expression: authorizer.group('apps').resource('deployments').namespace('dev').check('create').allowed()")]
    [InlineData("authorizer.requestResource.check('get').reason() == 'because'", null)]
    [InlineData("variables.a + variables.b == 'xyz'", null)]
    [InlineData("variables.wrong", "expression 'variables.wrong' resulted in error: composited variable \"wrong\" fails to evaluate: no such key: nope")]
    public void Judges_objects_by_expressions(string expression, string? refusal) => Assert.Equal(
        refusal is null ? null : Denied + refusal,
        Check($$"""
            spec:
              {{Constraints}}
              variables:
                - {name: a, expression: "'x'"}
                - {name: b, expression: "variables.a == 'x' ? 'yz' : ''"}
                - {name: wrong, expression: "object.nope == 1"}
              validations:
                - expression: "{{expression}}"
            """)?.Message);

    [Fact]
    public void Messages_come_from_expressions_first()
    {
        var refusal = Check($$"""
            spec:
              {{Constraints}}
              validations:
                - {expression: "false", message: m, messageExpression: "'at most ' + string(object.data.size())", reason: Forbidden}
            """);
        Assert.Equal((Denied + "at most 1", "Forbidden", 403), (refusal!.Message, refusal.Reason, refusal.Code));
        Assert.Equal(Denied + "m", Check($$"""
            spec:
              {{Constraints}}
              validations:
                - {expression: "false", message: " m ", messageExpression: "'a\nb'"}
            """)!.Message);
    }

    [Fact]
    public void Conditions_decide_whether_it_applies()
    {
        Assert.Null(Check($$"""
            spec:
              {{Constraints}}
              matchConditions: [{name: n, expression: "request.userInfo.username != 'jane'"}]
              validations: [{expression: "false"}]
            """));
        Assert.Equal(Denied + "expression 'object.nope == 1' resulted in error: no such key: nope", Check($$"""
            spec:
              {{Constraints}}
              matchConditions: [{name: n, expression: "object.nope == 1"}]
              validations: [{expression: "false"}]
            """)!.Message);
    }

    [Fact]
    public void Failures_may_be_ignored_but_not_refusals()
    {
        Assert.Null(Check($$"""
            spec:
              failurePolicy: Ignore
              {{Constraints}}
              validations: [{expression: "object.nope == 1"}]
            """));
        Assert.NotNull(Check($$"""
            spec:
              failurePolicy: Ignore
              {{Constraints}}
              validations: [{expression: "false"}]
            """));
    }

    [Fact]
    public void A_binding_may_only_warn()
    {
        Assert.Null(Check($$"""
            spec:
              {{Constraints}}
              validations: [{expression: "false", message: careful}]
            """, "validationActions: [Warn, Audit]"));
        Assert.Equal(["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': careful"], _warnings);
    }

    [Fact]
    public void Parameters_are_found_by_name_or_labels()
    {
        const string Spec = """
            spec:
              paramKind: {apiVersion: v1, kind: ConfigMap}
            """ + "\n  " + Constraints + "\n  validations: [{expression: \"object.data.size() <= int(params.data.max)\"}]\n";
        Assert.Null(Check(Spec, "validationActions: [Deny]\nparamRef: {name: big, parameterNotFoundAction: Deny}"));
        Assert.NotNull(Check(Spec, "validationActions: [Deny]\nparamRef: {selector: {}, parameterNotFoundAction: Deny}"));
        Assert.Equal(
            Denied + "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
            Check(Spec, "validationActions: [Deny]\nparamRef: {name: none, parameterNotFoundAction: Deny}")!.Message);
        Assert.Null(Check(Spec, "validationActions: [Deny]\nparamRef: {name: none, parameterNotFoundAction: Allow}"));
    }

    [Theory]
    [InlineData("matchResources: {namespaceSelector: {matchLabels: {env: test}}}", true)]
    [InlineData("matchResources: {namespaceSelector: {matchLabels: {env: prod}}}", false)]
    [InlineData("matchResources: {objectSelector: {matchLabels: {app: x}}}", true)]
    [InlineData("matchResources: {objectSelector: {matchLabels: {app: y}}}", false)]
    [InlineData("matchResources: {excludeResourceRules: [{apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE], resources: ['*'], resourceNames: [c]}]}", false)]
    [InlineData("matchResources: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [UPDATE], resources: [configmaps]}]}", false)]
    [InlineData("matchResources: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: ['*/*'], scope: Cluster}]}", false)]
    public void Bindings_narrow_what_is_meant(string match, bool applies) => Assert.Equal(applies, Check($$"""
        spec:
          {{Constraints}}
          validations: [{expression: "false"}]
        """, "validationActions: [Deny]\n" + match) is not null);

    [Fact]
    public void A_policy_that_would_run_for_ever_fails() => Assert.Contains("operation cancelled: actual cost limit exceeded", Check($$"""
        spec:
          {{Constraints}}
          validations: [{expression: "lists.range(10000).all(a, lists.range(10000).all(b, a + b >= 0))"}]
        """)!.Message, StringComparison.Ordinal);

    private AdmissionRefusal? Check(string spec, string binding = "validationActions: [Deny]")
    {
        var value = AdmissionCases.Yaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: dev, labels: {app: x}}\ndata: {a: '1'}\n");
        var world = new FakeWorld(Parameter("big", "5"), Parameter("small", "0"));
        return ValidatingAdmission.Check(AdmissionCases.Create(value), [AdmissionCases.Bound(spec, binding)], world, _warnings.Add, CancellationToken.None);
    }

    private static MapValue Parameter(string name, string max) =>
        AdmissionCases.Yaml($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{max: '{max}'}}\n");
}
