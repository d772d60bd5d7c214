using Weir.Values;

namespace Weir.Flux;

/// <summary>What a Receiver asks for.</summary>
public sealed record ReceiverSpec
{
    private static readonly FieldRules IntervalRules = new() { Default = "10m", Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules OidcProvidersRules = new() { ListType = "map", ListMapKey = "issuerURL" };
    private static readonly FieldRules TypeRules = new() { IsRequired = true, OneOf = ["generic", "generic-hmac", "generic-oidc", "github", "gitlab", "bitbucket", "harbor", "dockerhub", "quay", "gcr", "nexus", "acr", "cdevents"] };

    /// <summary>The events of the caller that count.</summary>
    public FieldList<string>? Events { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Issuers whose tokens are accepted.</summary>
    public FieldList<ReceiverOidcProvider>? OidcProviders { get; init; }

    /// <summary>A CEL expression over req and res that chooses the objects.</summary>
    public string? ResourceFilter { get; init; }

    /// <summary>The objects that are reconciled when the webhook is called.</summary>
    public FieldList<ReceiverResource>? Resources { get; init; }

    /// <summary>A Secret with the credentials.</summary>
    public LocalReference? SecretRef { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Who calls the webhook.</summary>
    public string Type { get; init; } = "";

    internal static ReceiverSpec ReadFields(FieldReader f)
    {
        f.Rule("self.type != 'generic-oidc' || (has(self.oidcProviders) && size(self.oidcProviders) > 0)", "generic-oidc receivers must define at least one oidcProvider");
        f.Rule("self.type == 'generic-oidc' || !has(self.oidcProviders) || size(self.oidcProviders) == 0", "oidcProviders can only be set when type is generic-oidc");
        f.Rule("self.type != 'generic-oidc' || !has(self.secretRef)", "secretRef cannot be set when type is generic-oidc");
        f.Rule("self.type == 'generic-oidc' || has(self.secretRef)", "secretRef is required when type is not generic-oidc");
        return new()
        {
            Events = f.Strings("events", "The events of the caller that count."),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            OidcProviders = f.Objects("oidcProviders", "Issuers whose tokens are accepted.", ReceiverOidcProvider.ReadFields, OidcProvidersRules),
            ResourceFilter = f.String("resourceFilter", "A CEL expression over req and res that chooses the objects."),
            Resources = f.Objects("resources", "The objects that are reconciled when the webhook is called.", ReceiverResource.ReadFields, FieldRules.Required),
            SecretRef = f.Object("secretRef", "A Secret with the credentials.", LocalReference.ReadFields),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
            Type = f.String("type", "Who calls the webhook.", TypeRules) ?? "",
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("events", Events)
        .Add("interval", Interval)
        .Add("oidcProviders", OidcProviders, static x => x.WriteFields())
        .Add("resourceFilter", ResourceFilter)
        .Add("resources", Resources, static x => x.WriteFields())
        .Add("secretRef", SecretRef?.WriteFields())
        .Add("suspend", Suspend)
        .Add("type", Type)
        .Map;
}
