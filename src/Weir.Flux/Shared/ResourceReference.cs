using Weir.Values;

namespace Weir.Flux;

/// <summary>An object in an inventory.</summary>
public sealed record ResourceReference
{
    /// <summary>The object as namespace_name_group_kind.</summary>
    public string Id { get; init; } = "";

    /// <summary>The API version of the object's kind.</summary>
    public string V { get; init; } = "";

    internal static ResourceReference ReadFields(FieldReader f) => new()
    {
        Id = f.String("id", "The object as namespace_name_group_kind.", FieldRules.Required) ?? "",
        V = f.String("v", "The API version of the object's kind.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("id", Id)
        .Add("v", V)
        .Map;
}
