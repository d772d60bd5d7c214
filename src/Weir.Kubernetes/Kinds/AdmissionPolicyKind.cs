using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Admission policies, validating and mutating.</summary>
internal sealed class AdmissionPolicyKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "failurePolicy", "Fail");
        if (spec.GetMap("matchConstraints") is not { } constraints)
        {
            return;
        }

        SetDefault(constraints, "matchPolicy", "Equivalent");
        SetDefault(constraints, "namespaceSelector", new MapValue());
        SetDefault(constraints, "objectSelector", new MapValue());
        foreach (var list in (ReadOnlySpan<string>)["resourceRules", "excludeResourceRules"])
        {
            foreach (var rule in constraints.GetList(list) ?? [])
            {
                SetDefault((MapValue)rule, "scope", "*");
            }
        }
    }
}
