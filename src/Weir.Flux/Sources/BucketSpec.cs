using Weir.Values;

namespace Weir.Flux;

/// <summary>What a Bucket asks for.</summary>
public sealed record BucketSpec
{
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ProviderRules = new() { Default = "generic", OneOf = ["generic", "aws", "gcp", "azure"] };
    private static readonly FieldRules TimeoutRules = new() { Default = "60s", Pattern = FieldRules.ShortDurationPattern };

    /// <summary>The name of the bucket.</summary>
    public string BucketName { get; init; } = "";

    /// <summary>A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.</summary>
    public LocalReference? CertSecretRef { get; init; }

    /// <summary>The address of the object storage.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Patterns of files that are left out, in the notation of .gitignore; replaces the defaults.</summary>
    public string? Ignore { get; init; }

    /// <summary>Allow a connection without TLS.</summary>
    public bool? Insecure { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Only objects whose key starts with this are fetched.</summary>
    public string? Prefix { get; init; }

    /// <summary>How to sign in: generic, or the identity of a cloud.</summary>
    public string? Provider { get; init; }

    /// <summary>A Secret with the address and credentials of a proxy.</summary>
    public LocalReference? ProxySecretRef { get; init; }

    /// <summary>The region of the bucket.</summary>
    public string? Region { get; init; }

    /// <summary>A Secret with the credentials.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The ServiceAccount whose identity is used.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>How short-lived credentials are got.</summary>
    public BucketTokenService? Sts { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static BucketSpec ReadFields(FieldReader f)
    {
        f.Rule("self.provider == 'aws' || self.provider == 'generic' || !has(self.sts)", "STS configuration is only supported for the 'aws' and 'generic' Bucket providers");
        f.Rule("self.provider != 'aws' || !has(self.sts) || self.sts.provider == 'aws'", "'aws' is the only supported STS provider for the 'aws' Bucket provider");
        f.Rule("self.provider != 'generic' || !has(self.sts) || self.sts.provider == 'ldap'", "'ldap' is the only supported STS provider for the 'generic' Bucket provider");
        f.Rule("!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.secretRef)", "spec.sts.secretRef is not required for the 'aws' STS provider");
        f.Rule("!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.certSecretRef)", "spec.sts.certSecretRef is not required for the 'aws' STS provider");
        f.Rule("self.provider != 'generic' || !has(self.serviceAccountName)", "ServiceAccountName is not supported for the 'generic' Bucket provider");
        f.Rule("!has(self.secretRef) || !has(self.serviceAccountName)", "cannot set both .spec.secretRef and .spec.serviceAccountName");
        return new()
        {
            BucketName = f.String("bucketName", "The name of the bucket.", FieldRules.Required) ?? "",
            CertSecretRef = f.Object("certSecretRef", "A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.", LocalReference.ReadFields),
            Endpoint = f.String("endpoint", "The address of the object storage.", FieldRules.Required) ?? "",
            Ignore = f.String("ignore", "Patterns of files that are left out, in the notation of .gitignore; replaces the defaults."),
            Insecure = f.Bool("insecure", "Allow a connection without TLS."),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            Prefix = f.String("prefix", "Only objects whose key starts with this are fetched."),
            Provider = f.String("provider", "How to sign in: generic, or the identity of a cloud.", ProviderRules),
            ProxySecretRef = f.Object("proxySecretRef", "A Secret with the address and credentials of a proxy.", LocalReference.ReadFields),
            Region = f.String("region", "The region of the bucket."),
            SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
            ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount whose identity is used."),
            Sts = f.Object("sts", "How short-lived credentials are got.", BucketTokenService.ReadFields),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
            Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("bucketName", BucketName)
        .Add("certSecretRef", CertSecretRef?.WriteFields())
        .Add("endpoint", Endpoint)
        .Add("ignore", Ignore)
        .Add("insecure", Insecure)
        .Add("interval", Interval)
        .Add("prefix", Prefix)
        .Add("provider", Provider)
        .Add("proxySecretRef", ProxySecretRef?.WriteFields())
        .Add("region", Region)
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Add("sts", Sts?.WriteFields())
        .Add("suspend", Suspend)
        .Add("timeout", Timeout)
        .Map;
}
