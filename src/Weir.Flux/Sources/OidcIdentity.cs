using Weir.Values;

namespace Weir.Flux;

/// <summary>Who may have signed without a key.</summary>
public sealed record OidcIdentity
{
    /// <summary>A regular expression for the issuer in the certificate.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>A regular expression for the subject in the certificate.</summary>
    public string Subject { get; init; } = "";

    internal static OidcIdentity ReadFields(FieldReader f) => new()
    {
        Issuer = f.String("issuer", "A regular expression for the issuer in the certificate.", FieldRules.Required) ?? "",
        Subject = f.String("subject", "A regular expression for the subject in the certificate.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("issuer", Issuer)
        .Add("subject", Subject)
        .Map;
}
