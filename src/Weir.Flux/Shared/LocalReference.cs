using Weir.Values;

namespace Weir.Flux;

/// <summary>An object in the same namespace, by name.</summary>
public sealed record LocalReference
{
    /// <summary>The name of the GitRepository.</summary>
    public string Name { get; init; } = "";

    internal static LocalReference ReadFields(FieldReader f) => new()
    {
        Name = f.String("name", "The name of the GitRepository.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("name", Name)
        .Map;
}
