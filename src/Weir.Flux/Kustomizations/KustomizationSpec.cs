using Weir.Values;

namespace Weir.Flux;

/// <summary>What a Kustomization asks for.</summary>
public sealed record KustomizationSpec
{
    private static readonly FieldRules BuildMetadataRules = new() { ItemsOneOf = ["originAnnotations", "transformerAnnotations"] };
    private static readonly FieldRules DeletionPolicyRules = new() { OneOf = ["MirrorPrune", "Delete", "WaitForTermination", "Orphan"] };
    private static readonly FieldRules ForceRules = new() { Default = false };
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules NamePrefixRules = new() { MinLength = 1, MaxLength = 200 };
    private static readonly FieldRules NameSuffixRules = new() { MinLength = 1, MaxLength = 200 };
    private static readonly FieldRules RetryIntervalRules = new() { Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules TargetNamespaceRules = new() { MinLength = 1, MaxLength = 63 };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>Annotations that say where an object came from.</summary>
    public FieldList<string>? BuildMetadata { get; init; }

    /// <summary>Labels and annotations every object gets.</summary>
    public CommonMetadata? CommonMetadata { get; init; }

    /// <summary>Kustomize components to add, as relative paths.</summary>
    public FieldList<string>? Components { get; init; }

    /// <summary>How encrypted secrets are read.</summary>
    public Decryption? Decryption { get; init; }

    /// <summary>What happens to the objects when this one is deleted.</summary>
    public string? DeletionPolicy { get; init; }

    /// <summary>Objects that must be ready first.</summary>
    public FieldList<DependencyReference>? DependsOn { get; init; }

    /// <summary>Delete and create again what cannot be changed in place.</summary>
    public bool? Force { get; init; }

    /// <summary>How the health of custom kinds is judged, in CEL.</summary>
    public FieldList<HealthCheckExpression>? HealthCheckExprs { get; init; }

    /// <summary>Objects whose health is waited for.</summary>
    public FieldList<HealthCheckReference>? HealthChecks { get; init; }

    /// <summary>Parts of objects that others may change: not compared and not applied.</summary>
    public FieldList<IgnoreRule>? Ignore { get; init; }

    /// <summary>Go on when the path of a component does not exist.</summary>
    public bool? IgnoreMissingComponents { get; init; }

    /// <summary>Images to replace.</summary>
    public FieldList<ImageOverride>? Images { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Another cluster to apply to.</summary>
    public KubeConfigReference? KubeConfig { get; init; }

    /// <summary>Put before the name of every object.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Put after the name of every object.</summary>
    public string? NameSuffix { get; init; }

    /// <summary>Patches to apply.</summary>
    public FieldList<PatchRule>? Patches { get; init; }

    /// <summary>The folder in the source; its root when absent.</summary>
    public string? Path { get; init; }

    /// <summary>Substitution of variables in what was built.</summary>
    public PostBuild? PostBuild { get; init; }

    /// <summary>Delete objects that are no longer in the source.</summary>
    public bool? Prune { get; init; }

    /// <summary>How long to wait after a failure; the interval when absent.</summary>
    public FluxDuration? RetryInterval { get; init; }

    /// <summary>The ServiceAccount to act as.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>The source.</summary>
    public KustomizationSourceReference? SourceRef { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>The namespace of every object.</summary>
    public string? TargetNamespace { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    /// <summary>Wait for the health of everything applied.</summary>
    public bool? Wait { get; init; }

    internal static KustomizationSpec ReadFields(FieldReader f) => new()
    {
        BuildMetadata = f.Strings("buildMetadata", "Annotations that say where an object came from.", BuildMetadataRules),
        CommonMetadata = f.Object("commonMetadata", "Labels and annotations every object gets.", CommonMetadata.ReadFields),
        Components = f.Strings("components", "Kustomize components to add, as relative paths."),
        Decryption = f.Object("decryption", "How encrypted secrets are read.", Decryption.ReadFields),
        DeletionPolicy = f.String("deletionPolicy", "What happens to the objects when this one is deleted.", DeletionPolicyRules),
        DependsOn = f.Objects("dependsOn", "Objects that must be ready first.", DependencyReference.ReadFields),
        Force = f.Bool("force", "Delete and create again what cannot be changed in place.", ForceRules),
        HealthCheckExprs = f.Objects("healthCheckExprs", "How the health of custom kinds is judged, in CEL.", HealthCheckExpression.ReadFields),
        HealthChecks = f.Objects("healthChecks", "Objects whose health is waited for.", HealthCheckReference.ReadFields),
        Ignore = f.Objects("ignore", "Parts of objects that others may change: not compared and not applied.", IgnoreRule.ReadFields),
        IgnoreMissingComponents = f.Bool("ignoreMissingComponents", "Go on when the path of a component does not exist."),
        Images = f.Objects("images", "Images to replace.", ImageOverride.ReadFields),
        Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
        KubeConfig = f.Object("kubeConfig", "Another cluster to apply to.", KubeConfigReference.ReadFields),
        NamePrefix = f.String("namePrefix", "Put before the name of every object.", NamePrefixRules),
        NameSuffix = f.String("nameSuffix", "Put after the name of every object.", NameSuffixRules),
        Patches = f.Objects("patches", "Patches to apply.", PatchRule.ReadFields),
        Path = f.String("path", "The folder in the source; its root when absent."),
        PostBuild = f.Object("postBuild", "Substitution of variables in what was built.", PostBuild.ReadFields),
        Prune = f.Bool("prune", "Delete objects that are no longer in the source.", FieldRules.Required),
        RetryInterval = f.Duration("retryInterval", "How long to wait after a failure; the interval when absent.", RetryIntervalRules),
        ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount to act as."),
        SourceRef = f.Object("sourceRef", "The source.", KustomizationSourceReference.ReadFields, FieldRules.Required),
        Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
        TargetNamespace = f.String("targetNamespace", "The namespace of every object.", TargetNamespaceRules),
        Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
        Wait = f.Bool("wait", "Wait for the health of everything applied."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("buildMetadata", BuildMetadata)
        .Add("commonMetadata", CommonMetadata?.WriteFields())
        .Add("components", Components)
        .Add("decryption", Decryption?.WriteFields())
        .Add("deletionPolicy", DeletionPolicy)
        .Add("dependsOn", DependsOn, static x => x.WriteFields())
        .Add("force", Force)
        .Add("healthCheckExprs", HealthCheckExprs, static x => x.WriteFields())
        .Add("healthChecks", HealthChecks, static x => x.WriteFields())
        .Add("ignore", Ignore, static x => x.WriteFields())
        .Add("ignoreMissingComponents", IgnoreMissingComponents)
        .Add("images", Images, static x => x.WriteFields())
        .Add("interval", Interval)
        .Add("kubeConfig", KubeConfig?.WriteFields())
        .Add("namePrefix", NamePrefix)
        .Add("nameSuffix", NameSuffix)
        .Add("patches", Patches, static x => x.WriteFields())
        .Add("path", Path)
        .Add("postBuild", PostBuild?.WriteFields())
        .Add("prune", Prune)
        .Add("retryInterval", RetryInterval)
        .Add("serviceAccountName", ServiceAccountName)
        .Add("sourceRef", SourceRef?.WriteFields())
        .Add("suspend", Suspend)
        .Add("targetNamespace", TargetNamespace)
        .Add("timeout", Timeout)
        .Add("wait", Wait)
        .Map;
}
