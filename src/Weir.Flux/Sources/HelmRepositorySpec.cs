using Weir.Values;

namespace Weir.Flux;

/// <summary>What a HelmRepository asks for.</summary>
public sealed record HelmRepositorySpec
{
    private static readonly FieldRules IntervalRules = new() { Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ProviderRules = new() { Default = "generic", OneOf = ["generic", "aws", "azure", "gcp"] };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.ShortDurationPattern };
    private static readonly FieldRules TypeRules = new() { OneOf = ["default", "oci"] };
    private static readonly FieldRules UrlRules = new() { IsRequired = true, Pattern = "^(http|https|oci)://.*$" };

    /// <summary>Who may refer to this object; accepted and not used.</summary>
    public AccessFrom? AccessFrom { get; init; }

    /// <summary>A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.</summary>
    public LocalReference? CertSecretRef { get; init; }

    /// <summary>Allow a connection without TLS.</summary>
    public bool? Insecure { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Send the credentials also to other hosts that the index points to.</summary>
    public bool? PassCredentials { get; init; }

    /// <summary>How to sign in: generic, or the identity of a cloud.</summary>
    public string? Provider { get; init; }

    /// <summary>A Secret with the credentials.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    /// <summary>An HTTP repository with an index, or an OCI registry.</summary>
    public string? Type { get; init; }

    /// <summary>The address of the source.</summary>
    public string Url { get; init; } = "";

    internal static HelmRepositorySpec ReadFields(FieldReader f) => new()
    {
        AccessFrom = f.Object("accessFrom", "Who may refer to this object; accepted and not used.", AccessFrom.ReadFields),
        CertSecretRef = f.Object("certSecretRef", "A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.", LocalReference.ReadFields),
        Insecure = f.Bool("insecure", "Allow a connection without TLS."),
        Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
        PassCredentials = f.Bool("passCredentials", "Send the credentials also to other hosts that the index points to."),
        Provider = f.String("provider", "How to sign in: generic, or the identity of a cloud.", ProviderRules),
        SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
        Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
        Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
        Type = f.String("type", "An HTTP repository with an index, or an OCI registry.", TypeRules),
        Url = f.String("url", "The address of the source.", UrlRules) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("accessFrom", AccessFrom?.WriteFields())
        .Add("certSecretRef", CertSecretRef?.WriteFields())
        .Add("insecure", Insecure)
        .Add("interval", Interval)
        .Add("passCredentials", PassCredentials)
        .Add("provider", Provider)
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("suspend", Suspend)
        .Add("timeout", Timeout)
        .Add("type", Type)
        .Add("url", Url)
        .Map;
}
