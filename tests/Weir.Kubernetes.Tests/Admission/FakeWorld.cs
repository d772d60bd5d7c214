using Weir.Values;

namespace Weir.Kubernetes.Tests.Admission;

/// <summary>A cluster with the namespace <c>dev</c> and the ConfigMaps that a test gives it; user <c>root</c> may do anything.</summary>
internal sealed class FakeWorld(params MapValue[] parameters) : AdmissionWorld
{
    public override MapValue? FindNamespace(string name) => name == "dev"
        ? new MapValue
        {
            ["metadata"] = new MapValue { ["name"] = "dev", ["labels"] = new MapValue { ["env"] = "test" }, ["creationTimestamp"] = "2026-01-02T03:04:05Z" },
        }
        : null;

    public override AdmissionParameters? FindParameters(string apiVersion, string kind) => kind == "ConfigMap"
        ? new(true, (_, name) => parameters.FirstOrDefault(p => p.Name() == name), _ => parameters)
        : null;

    public override AccessAnswer Decide(AccessQuestion question) => new(question.User.Name == "root", "because");
}
