using Weir.Values;

namespace Weir.Flux;

/// <summary>What a OCIRepository asks for.</summary>
public sealed record OciRepositorySpec
{
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ProviderRules = new() { Default = "generic", OneOf = ["generic", "aws", "azure", "gcp"] };
    private static readonly FieldRules TimeoutRules = new() { Default = "60s", Pattern = FieldRules.ShortDurationPattern };
    private static readonly FieldRules UrlRules = new() { IsRequired = true, Pattern = "^oci://.*$" };

    /// <summary>A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.</summary>
    public LocalReference? CertSecretRef { get; init; }

    /// <summary>Patterns of files that are left out, in the notation of .gitignore; replaces the defaults.</summary>
    public string? Ignore { get; init; }

    /// <summary>Allow a connection without TLS.</summary>
    public bool? Insecure { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Which layer of the artifact is used; the first when absent.</summary>
    public LayerSelector? LayerSelector { get; init; }

    /// <summary>How to sign in: generic, or the identity of a cloud.</summary>
    public string? Provider { get; init; }

    /// <summary>A Secret with the address and credentials of a proxy.</summary>
    public LocalReference? ProxySecretRef { get; init; }

    /// <summary>Which version of the source is used.</summary>
    public OciReference? Ref { get; init; }

    /// <summary>A Secret with the credentials.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The ServiceAccount whose identity is used.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    /// <summary>The address of the source.</summary>
    public string Url { get; init; } = "";

    /// <summary>The signatures the content must carry.</summary>
    public ArtifactVerification? Verify { get; init; }

    internal static OciRepositorySpec ReadFields(FieldReader f) => new()
    {
        CertSecretRef = f.Object("certSecretRef", "A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.", LocalReference.ReadFields),
        Ignore = f.String("ignore", "Patterns of files that are left out, in the notation of .gitignore; replaces the defaults."),
        Insecure = f.Bool("insecure", "Allow a connection without TLS."),
        Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
        LayerSelector = f.Object("layerSelector", "Which layer of the artifact is used; the first when absent.", LayerSelector.ReadFields),
        Provider = f.String("provider", "How to sign in: generic, or the identity of a cloud.", ProviderRules),
        ProxySecretRef = f.Object("proxySecretRef", "A Secret with the address and credentials of a proxy.", LocalReference.ReadFields),
        Ref = f.Object("ref", "Which version of the source is used.", OciReference.ReadFields),
        SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
        ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount whose identity is used."),
        Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
        Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
        Url = f.String("url", "The address of the source.", UrlRules) ?? "",
        Verify = f.Object("verify", "The signatures the content must carry.", ArtifactVerification.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("certSecretRef", CertSecretRef?.WriteFields())
        .Add("ignore", Ignore)
        .Add("insecure", Insecure)
        .Add("interval", Interval)
        .Add("layerSelector", LayerSelector?.WriteFields())
        .Add("provider", Provider)
        .Add("proxySecretRef", ProxySecretRef?.WriteFields())
        .Add("ref", Ref?.WriteFields())
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Add("suspend", Suspend)
        .Add("timeout", Timeout)
        .Add("url", Url)
        .Add("verify", Verify?.WriteFields())
        .Map;
}
