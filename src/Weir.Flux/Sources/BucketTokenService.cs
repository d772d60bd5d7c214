using Weir.Values;

namespace Weir.Flux;

/// <summary>How short-lived credentials are got.</summary>
public sealed record BucketTokenService
{
    private static readonly FieldRules EndpointRules = new() { IsRequired = true, Pattern = "^(http|https)://.*$" };
    private static readonly FieldRules ProviderRules = new() { IsRequired = true, OneOf = ["aws", "ldap"] };

    /// <summary>A Secret with certificates for the token service.</summary>
    public LocalReference? CertSecretRef { get; init; }

    /// <summary>The address of the token service.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The kind of token service.</summary>
    public string Provider { get; init; } = "";

    /// <summary>A Secret with credentials for the token service.</summary>
    public LocalReference? SecretRef { get; init; }

    internal static BucketTokenService ReadFields(FieldReader f) => new()
    {
        CertSecretRef = f.Object("certSecretRef", "A Secret with certificates for the token service.", LocalReference.ReadFields),
        Endpoint = f.String("endpoint", "The address of the token service.", EndpointRules) ?? "",
        Provider = f.String("provider", "The kind of token service.", ProviderRules) ?? "",
        SecretRef = f.Object("secretRef", "A Secret with credentials for the token service.", LocalReference.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("certSecretRef", CertSecretRef?.WriteFields())
        .Add("endpoint", Endpoint)
        .Add("provider", Provider)
        .Add("secretRef", SecretRef?.WriteFields())
        .Map;
}
