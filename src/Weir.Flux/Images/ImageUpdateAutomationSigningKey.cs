using Weir.Values;

namespace Weir.Flux;

/// <summary>The key commits are signed with.</summary>
public sealed record ImageUpdateAutomationSigningKey
{
    private static readonly FieldRules TypeRules = new() { OneOf = ["gpg", "ssh"] };

    /// <summary>The Secret with the key.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The kind of key.</summary>
    public string? Type { get; init; }

    internal static ImageUpdateAutomationSigningKey ReadFields(FieldReader f) => new()
    {
        SecretRef = f.Object("secretRef", "The Secret with the key.", LocalReference.ReadFields, FieldRules.Required),
        Type = f.String("type", "The kind of key.", TypeRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("type", Type)
        .Map;
}
