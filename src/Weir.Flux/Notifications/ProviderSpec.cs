using Weir.Values;

namespace Weir.Flux;

/// <summary>What a Provider asks for.</summary>
public sealed record ProviderSpec
{
    private static readonly FieldRules AddressRules = new() { MaxLength = 2048 };
    private static readonly FieldRules ChannelRules = new() { MaxLength = 2048 };
    private static readonly FieldRules IntervalRules = new() { Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ProxyRules = new() { Pattern = "^(http|https)://.*$", MaxLength = 2048 };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.ShortDurationPattern };
    private static readonly FieldRules TypeRules = new() { IsRequired = true, OneOf = ["slack", "discord", "msteams", "rocket", "generic", "generic-hmac", "github", "gitlab", "gitea", "giteapullrequestcomment", "bitbucketserver", "bitbucket", "azuredevops", "googlechat", "googlepubsub", "webex", "sentry", "azureeventhub", "telegram", "lark", "matrix", "opsgenie", "alertmanager", "grafana", "githubdispatch", "githubpullrequestcomment", "gitlabmergerequestcomment", "pagerduty", "datadog", "nats", "zulip", "otel", "zoom", "incident.io"] };
    private static readonly FieldRules UsernameRules = new() { MaxLength = 2048 };

    /// <summary>The address events are sent to.</summary>
    public string? Address { get; init; }

    /// <summary>A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.</summary>
    public LocalReference? CertSecretRef { get; init; }

    /// <summary>The channel messages go to.</summary>
    public string? Channel { get; init; }

    /// <summary>A CEL expression that gives the name of the commit status.</summary>
    public string? CommitStatusExpr { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Deprecated: use proxySecretRef.</summary>
    public string? Proxy { get; init; }

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

    /// <summary>The kind of receiver.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name messages are sent under.</summary>
    public string? Username { get; init; }

    internal static ProviderSpec ReadFields(FieldReader f)
    {
        f.Rule("self.type == 'github' || self.type == 'gitlab' || self.type == 'gitea' || self.type == 'bitbucketserver' || self.type == 'bitbucket' || self.type == 'azuredevops' || !has(self.commitStatusExpr)", "spec.commitStatusExpr is only supported for the 'github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops' provider types");
        return new()
        {
            Address = f.String("address", "The address events are sent to.", AddressRules),
            CertSecretRef = f.Object("certSecretRef", "A Secret with tls.crt and tls.key, ca.crt, or both, for connections to the server.", LocalReference.ReadFields),
            Channel = f.String("channel", "The channel messages go to.", ChannelRules),
            CommitStatusExpr = f.String("commitStatusExpr", "A CEL expression that gives the name of the commit status."),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            Proxy = f.String("proxy", "Deprecated: use proxySecretRef.", ProxyRules),
            ProxySecretRef = f.Object("proxySecretRef", "A Secret with the address and credentials of a proxy.", LocalReference.ReadFields),
            SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
            ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount to act as."),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
            Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
            Type = f.String("type", "The kind of receiver.", TypeRules) ?? "",
            Username = f.String("username", "The name messages are sent under.", UsernameRules),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("address", Address)
        .Add("certSecretRef", CertSecretRef?.WriteFields())
        .Add("channel", Channel)
        .Add("commitStatusExpr", CommitStatusExpr)
        .Add("interval", Interval)
        .Add("proxy", Proxy)
        .Add("proxySecretRef", ProxySecretRef?.WriteFields())
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Add("suspend", Suspend)
        .Add("timeout", Timeout)
        .Add("type", Type)
        .Add("username", Username)
        .Map;
}
