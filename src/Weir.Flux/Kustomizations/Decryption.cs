using Weir.Values;

namespace Weir.Flux;

/// <summary>How encrypted secrets are read.</summary>
public sealed record Decryption
{
    private static readonly FieldRules ProviderRules = new() { IsRequired = true, OneOf = ["sops"] };

    /// <summary>The tool the secrets were encrypted with.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The Secret that holds the private keys.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The ServiceAccount used to sign in at a cloud's key service.</summary>
    public string? ServiceAccountName { get; init; }

    internal static Decryption ReadFields(FieldReader f) => new()
    {
        Provider = f.String("provider", "The tool the secrets were encrypted with.", ProviderRules) ?? "",
        SecretRef = f.Object("secretRef", "The Secret that holds the private keys.", LocalReference.ReadFields),
        ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount used to sign in at a cloud's key service."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("provider", Provider)
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Map;
}
