using Weir.Values;

namespace Weir.Flux;

/// <summary>Signatures a chart must carry.</summary>
public sealed record ChartTemplateVerification
{
    private static readonly FieldRules ProviderRules = new() { IsRequired = true, Default = "cosign", OneOf = ["cosign", "notation"] };

    /// <summary>The technology the artifact was signed with.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The Secret with the trusted public keys.</summary>
    public LocalReference? SecretRef { get; init; }

    internal static ChartTemplateVerification ReadFields(FieldReader f) => new()
    {
        Provider = f.String("provider", "The technology the artifact was signed with.", ProviderRules) ?? "",
        SecretRef = f.Object("secretRef", "The Secret with the trusted public keys.", LocalReference.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("provider", Provider)
        .Add("secretRef", SecretRef?.WriteFields())
        .Map;
}
