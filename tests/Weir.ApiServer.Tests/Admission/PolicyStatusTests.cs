using Weir.Values;

namespace Weir.ApiServer.Tests.Admission;

public sealed class PolicyStatusTests
{
    [Fact]
    public async Task A_policy_says_what_its_expressions_get_wrong()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        const string policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
        foreach (var (name, expression) in ((string, string)[])[("fine", "object.spec.replicas < 5"), ("wrong", "object.spec.replica < 5")])
        {
            await cluster.PostAsync(policies, $$"""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: {{name}}}
                spec:
                  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}
                  validations: [{expression: "{{expression}}"}]
                """);
        }

        var fine = await cluster.EventuallyAsync($"{policies}/fine", static (_, p) => p.At("status", "observedGeneration") is not null);
        Assert.Null(fine.At("status", "typeChecking", "expressionWarnings"));
        var wrong = await cluster.EventuallyAsync($"{policies}/wrong", static (_, p) => p.At("status", "observedGeneration") is not null);
        var warning = ((ListValue)wrong.At("status", "typeChecking", "expressionWarnings")!).OfType<MapValue>().Single();
        Assert.Equal("spec.validations[0].expression", warning.GetString("fieldRef"));
        Assert.StartsWith("apps/v1, Kind=Deployment: compilation failed: ERROR: <input>:1:12: undefined field 'replica'", warning.GetString("warning"), StringComparison.Ordinal);
    }
}
