using Weir.Values;

namespace Weir.Flux;

/// <summary>What a ImageRepository asks for.</summary>
public sealed record ImageRepositorySpec
{
    private static readonly FieldRules ExclusionListRules = new() { Default = new ListValue([new StringValue("^.*\\.sig$")]), MaxItems = 25 };
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ProviderRules = new() { Default = "generic", OneOf = ["generic", "aws", "azure", "gcp"] };
    private static readonly FieldRules ServiceAccountNameRules = new() { MaxLength = 253 };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.ShortDurationPattern };

    /// <summary>Who may refer to this object; accepted and not used.</summary>
    public AccessFrom? AccessFrom { get; init; }

    /// <summary>A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.</summary>
    public LocalReference? CertSecretRef { get; init; }

    /// <summary>Regular expressions; what matches is left out.</summary>
    public FieldList<string>? ExclusionList { get; init; }

    /// <summary>The image, without tag.</summary>
    public string Image { get; init; } = "";

    /// <summary>Allow a connection without TLS.</summary>
    public bool? Insecure { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>How to sign in: generic, or the identity of a cloud.</summary>
    public string? Provider { get; init; }

    /// <summary>A Secret with the address and credentials of a proxy.</summary>
    public LocalReference? ProxySecretRef { get; init; }

    /// <summary>A Secret with the credentials.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The ServiceAccount to act as.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static ImageRepositorySpec ReadFields(FieldReader f) => new()
    {
        AccessFrom = f.Object("accessFrom", "Who may refer to this object; accepted and not used.", AccessFrom.ReadFields),
        CertSecretRef = f.Object("certSecretRef", "A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.", LocalReference.ReadFields),
        ExclusionList = f.Strings("exclusionList", "Regular expressions; what matches is left out.", ExclusionListRules),
        Image = f.String("image", "The image, without tag.", FieldRules.Required) ?? "",
        Insecure = f.Bool("insecure", "Allow a connection without TLS."),
        Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
        Provider = f.String("provider", "How to sign in: generic, or the identity of a cloud.", ProviderRules),
        ProxySecretRef = f.Object("proxySecretRef", "A Secret with the address and credentials of a proxy.", LocalReference.ReadFields),
        SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
        ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount to act as.", ServiceAccountNameRules),
        Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
        Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("accessFrom", AccessFrom?.WriteFields())
        .Add("certSecretRef", CertSecretRef?.WriteFields())
        .Add("exclusionList", ExclusionList)
        .Add("image", Image)
        .Add("insecure", Insecure)
        .Add("interval", Interval)
        .Add("provider", Provider)
        .Add("proxySecretRef", ProxySecretRef?.WriteFields())
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Add("suspend", Suspend)
        .Add("timeout", Timeout)
        .Map;
}
