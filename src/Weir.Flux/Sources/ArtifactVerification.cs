using Weir.Values;

namespace Weir.Flux;

/// <summary>Signatures an artifact must carry.</summary>
public sealed record ArtifactVerification
{
    private static readonly FieldRules ProviderRules = new() { IsRequired = true, Default = "cosign", OneOf = ["cosign", "notation"] };

    /// <summary>Identities a keyless signature may come from; one match is enough.</summary>
    public FieldList<OidcIdentity>? MatchOidcIdentity { get; init; }

    /// <summary>The technology the artifact was signed with.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The Secret with the trusted public keys.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The Secret with a trusted_root.json for a Sigstore of one's own.</summary>
    public LocalReference? TrustedRootSecretRef { get; init; }

    internal static ArtifactVerification ReadFields(FieldReader f) => new()
    {
        MatchOidcIdentity = f.Objects("matchOIDCIdentity", "Identities a keyless signature may come from; one match is enough.", OidcIdentity.ReadFields),
        Provider = f.String("provider", "The technology the artifact was signed with.", ProviderRules) ?? "",
        SecretRef = f.Object("secretRef", "The Secret with the trusted public keys.", LocalReference.ReadFields),
        TrustedRootSecretRef = f.Object("trustedRootSecretRef", "The Secret with a trusted_root.json for a Sigstore of one's own.", LocalReference.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("matchOIDCIdentity", MatchOidcIdentity, static x => x.WriteFields())
        .Add("provider", Provider)
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("trustedRootSecretRef", TrustedRootSecretRef?.WriteFields())
        .Map;
}
