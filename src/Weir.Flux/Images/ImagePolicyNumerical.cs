using Weir.Values;

namespace Weir.Flux;

/// <summary>Compare tags as numbers.</summary>
public sealed record ImagePolicyNumerical
{
    private static readonly FieldRules OrderRules = new() { Default = "asc", OneOf = ["asc", "desc"] };

    /// <summary>Ascending or descending.</summary>
    public string? Order { get; init; }

    internal static ImagePolicyNumerical ReadFields(FieldReader f) => new()
    {
        Order = f.String("order", "Ascending or descending.", OrderRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("order", Order)
        .Map;
}
