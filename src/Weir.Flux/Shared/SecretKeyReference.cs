using Weir.Values;

namespace Weir.Flux;

/// <summary>A key of a Secret in the same namespace.</summary>
public sealed record SecretKeyReference
{
    /// <summary>The key inside the Secret; a default of the consumer when absent.</summary>
    public string? Key { get; init; }

    /// <summary>The name of the Secret.</summary>
    public string Name { get; init; } = "";

    internal static SecretKeyReference ReadFields(FieldReader f) => new()
    {
        Key = f.String("key", "The key inside the Secret; a default of the consumer when absent."),
        Name = f.String("name", "The name of the Secret.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("key", Key)
        .Add("name", Name)
        .Map;
}
