using Weir.Values;

namespace Weir.Flux;

/// <summary>Compare tags as versions.</summary>
public sealed record ImagePolicySemver
{
    /// <summary>The range of versions.</summary>
    public string Range { get; init; } = "";

    internal static ImagePolicySemver ReadFields(FieldReader f) => new()
    {
        Range = f.String("range", "The range of versions.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("range", Range)
        .Map;
}
