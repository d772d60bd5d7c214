using Weir.Values;

namespace Weir.Flux;

/// <summary>The objects that are managed.</summary>
public sealed record ResourceInventory
{
    /// <summary>The objects.</summary>
    public FieldList<ResourceReference>? Entries { get; init; }

    internal static ResourceInventory ReadFields(FieldReader f) => new()
    {
        Entries = f.Objects("entries", "The objects.", ResourceReference.ReadFields, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("entries", Entries, static x => x.WriteFields())
        .Map;
}
