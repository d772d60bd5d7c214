using Weir.Values;

namespace Weir.Flux;

/// <summary>Substitution of variables in what was built.</summary>
public sealed record PostBuild
{
    private static readonly FieldRules SubstituteStrategyRules = new() { OneOf = ["WithVariables", "Always"] };

    /// <summary>Variables and their values.</summary>
    public FieldMap<string>? Substitute { get; init; }

    /// <summary>ConfigMaps and Secrets whose keys are variables.</summary>
    public FieldList<SubstituteReference>? SubstituteFrom { get; init; }

    /// <summary>Whether substitution runs always or only when a variable is known.</summary>
    public string? SubstituteStrategy { get; init; }

    internal static PostBuild ReadFields(FieldReader f) => new()
    {
        Substitute = f.StringMap("substitute", "Variables and their values."),
        SubstituteFrom = f.Objects("substituteFrom", "ConfigMaps and Secrets whose keys are variables.", SubstituteReference.ReadFields),
        SubstituteStrategy = f.String("substituteStrategy", "Whether substitution runs always or only when a variable is known.", SubstituteStrategyRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("substitute", Substitute)
        .Add("substituteFrom", SubstituteFrom, static x => x.WriteFields())
        .Add("substituteStrategy", SubstituteStrategy)
        .Map;
}
