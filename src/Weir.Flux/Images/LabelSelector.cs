using Weir.Values;

namespace Weir.Flux;

/// <summary>Objects by label.</summary>
public sealed record LabelSelector
{
    private static readonly FieldRules MatchExpressionsRules = new() { ListType = "atomic" };

    /// <summary>Label requirements that must all hold.</summary>
    public FieldList<LabelRequirement>? MatchExpressions { get; init; }

    /// <summary>Labels the policy must have.</summary>
    public FieldMap<string>? MatchLabels { get; init; }

    internal static LabelSelector ReadFields(FieldReader f) => new()
    {
        MatchExpressions = f.Objects("matchExpressions", "Label requirements that must all hold.", LabelRequirement.ReadFields, MatchExpressionsRules),
        MatchLabels = f.StringMap("matchLabels", "Labels the policy must have."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("matchExpressions", MatchExpressions, static x => x.WriteFields())
        .Add("matchLabels", MatchLabels)
        .Map;
}
