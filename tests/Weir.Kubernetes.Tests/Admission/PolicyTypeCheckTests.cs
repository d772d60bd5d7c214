using Weir.Values;

namespace Weir.Kubernetes.Tests.Admission;

public sealed class PolicyTypeCheckTests
{
    private static readonly GroupVersionKind Deployment = new("apps", "v1", "Deployment");

    [Fact]
    public void Fields_that_a_kind_lacks_are_warned_of_where_they_are_named()
    {
        var policy = AdmissionCases.Yaml("""
            kind: ValidatingAdmissionPolicy
            spec:
              variables: [{name: count, expression: object.spec.replicas}, {name: bad, expression: object.nope}]
              validations:
              - {expression: "object.spec.replicas < 5 && variables.count > 0"}
              - {expression: "object.replicas < 5", messageExpression: "'at ' + string(object.metadata.creationTimestamp)"}
              - {expression: "variables.count == 'x' || oldObject == null || object.metadata.labels['a'] == 'b'"}
            """);
        var warnings = PolicyTypeCheck.Check(policy, [(Deployment, BuiltInSchemas.Find(Deployment)!)], null);
        Assert.Equal(
            [
                ("spec.validations[1].expression",
                    "apps/v1, Kind=Deployment: compilation failed: ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas < 5\n | ......^\n"),
                ("spec.validations[2].expression",
                    "apps/v1, Kind=Deployment: compilation failed: ERROR: <input>:1:17: found no matching overload for '_==_' applied to '(int, string)'\n | variables.count == 'x' || oldObject == null || object.metadata.labels['a'] == 'b'\n | ................^\n"),
            ],
            warnings);
    }

    [Fact]
    public void Only_resources_that_are_named_are_checked()
    {
        var policy = AdmissionCases.Yaml("""
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [apps], apiVersions: [v1], resources: [deployments, deployments/scale, '*']}
                - {apiGroups: ['*'], apiVersions: [v1], resources: [pods]}
                - {apiGroups: [""], apiVersions: [v1], resources: [pods, configmaps]}
            """);
        Assert.Equal([("apps", "v1", "deployments"), ("", "v1", "configmaps"), ("", "v1", "pods")], PolicyTypeCheck.Resources(policy));
    }
}
