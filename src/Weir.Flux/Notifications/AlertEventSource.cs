using Weir.Values;

namespace Weir.Flux;

/// <summary>The objects whose events are sent.</summary>
public sealed record AlertEventSource
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["Bucket", "GitRepository", "Kustomization", "HelmRelease", "HelmChart", "HelmRepository", "ImageRepository", "ImagePolicy", "ImageUpdateAutomation", "OCIRepository", "ArtifactGenerator", "ExternalArtifact"] };
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules NamespaceRules = new() { MinLength = 1, MaxLength = 253 };

    /// <summary>The API version of the object.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the object.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Labels the object must have.</summary>
    public FieldMap<string>? MatchLabels { get; init; }

    /// <summary>The name of the object, or * for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the object; that of the Alert when absent.</summary>
    public string? Namespace { get; init; }

    internal static AlertEventSource ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the object."),
        Kind = f.String("kind", "The kind of the object.", KindRules) ?? "",
        MatchLabels = f.StringMap("matchLabels", "Labels the object must have."),
        Name = f.String("name", "The name of the object, or * for all.", NameRules) ?? "",
        Namespace = f.String("namespace", "The namespace of the object; that of the Alert when absent.", NamespaceRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("matchLabels", MatchLabels)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
