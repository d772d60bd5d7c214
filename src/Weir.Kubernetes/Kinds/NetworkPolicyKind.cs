using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Network policies.</summary>
internal sealed class NetworkPolicyKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        foreach (var direction in (ReadOnlySpan<string>)["ingress", "egress"])
        {
            foreach (var rule in spec.GetList(direction) ?? [])
            {
                foreach (var port in (rule as MapValue)?.GetList("ports") ?? [])
                {
                    SetDefault((MapValue)port, "protocol", "TCP");
                }
            }
        }

        if (spec.GetList("policyTypes") is not { Count: > 0 })
        {
            spec["policyTypes"] = spec.GetList("egress") is { Count: > 0 } ? new ListValue { "Ingress", "Egress" } : new ListValue { "Ingress" };
        }
    }
}
