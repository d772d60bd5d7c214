using Weir.Values;

namespace Weir.Flux;

/// <summary>What a GitRepository asks for.</summary>
public sealed record GitRepositorySpec
{
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ProviderRules = new() { OneOf = ["generic", "aws", "azure", "github"] };
    private static readonly FieldRules TimeoutRules = new() { Default = "60s", Pattern = FieldRules.ShortDurationPattern };
    private static readonly FieldRules UrlRules = new() { IsRequired = true, Pattern = "^(http|https|ssh)://.*$" };

    /// <summary>Patterns of files that are left out, in the notation of .gitignore; replaces the defaults.</summary>
    public string? Ignore { get; init; }

    /// <summary>Other repositories whose artifacts are copied into this one.</summary>
    public FieldList<GitInclude>? Include { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>How to sign in: generic, or the identity of a cloud.</summary>
    public string? Provider { get; init; }

    /// <summary>A Secret with the address and credentials of a proxy.</summary>
    public LocalReference? ProxySecretRef { get; init; }

    /// <summary>Fetch submodules too.</summary>
    public bool? RecurseSubmodules { get; init; }

    /// <summary>Which version of the source is used.</summary>
    public GitReference? Ref { get; init; }

    /// <summary>A Secret with the credentials.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>The ServiceAccount whose identity is used.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Folders to check out; everything when absent.</summary>
    public FieldList<string>? SparseCheckout { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    /// <summary>The address of the source.</summary>
    public string Url { get; init; } = "";

    /// <summary>The signatures the content must carry.</summary>
    public GitVerification? Verify { get; init; }

    internal static GitRepositorySpec ReadFields(FieldReader f)
    {
        f.Rule("!has(self.serviceAccountName) || (has(self.provider) && (self.provider == 'azure' || self.provider == 'aws'))", "serviceAccountName can only be set when provider is 'azure' or 'aws'");
        return new()
        {
            Ignore = f.String("ignore", "Patterns of files that are left out, in the notation of .gitignore; replaces the defaults."),
            Include = f.Objects("include", "Other repositories whose artifacts are copied into this one.", GitInclude.ReadFields),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            Provider = f.String("provider", "How to sign in: generic, or the identity of a cloud.", ProviderRules),
            ProxySecretRef = f.Object("proxySecretRef", "A Secret with the address and credentials of a proxy.", LocalReference.ReadFields),
            RecurseSubmodules = f.Bool("recurseSubmodules", "Fetch submodules too."),
            Ref = f.Object("ref", "Which version of the source is used.", GitReference.ReadFields),
            SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
            ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount whose identity is used."),
            SparseCheckout = f.Strings("sparseCheckout", "Folders to check out; everything when absent."),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
            Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
            Url = f.String("url", "The address of the source.", UrlRules) ?? "",
            Verify = f.Object("verify", "The signatures the content must carry.", GitVerification.ReadFields),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("ignore", Ignore)
        .Add("include", Include, static x => x.WriteFields())
        .Add("interval", Interval)
        .Add("provider", Provider)
        .Add("proxySecretRef", ProxySecretRef?.WriteFields())
        .Add("recurseSubmodules", RecurseSubmodules)
        .Add("ref", Ref?.WriteFields())
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Add("sparseCheckout", SparseCheckout)
        .Add("suspend", Suspend)
        .Add("timeout", Timeout)
        .Add("url", Url)
        .Add("verify", Verify?.WriteFields())
        .Map;
}
