using Weir.Values;

namespace Weir.Flux;

/// <summary>What it is made from.</summary>
public sealed record AliasedSource
{
    private static readonly FieldRules AliasRules = new() { IsRequired = true, Pattern = "^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$", MaxLength = 63 };
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["Bucket", "GitRepository", "OCIRepository", "HelmChart", "ExternalArtifact"] };
    private static readonly FieldRules NameRules = new() { IsRequired = true, Pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", MaxLength = 253 };
    private static readonly FieldRules NamespaceRules = new() { Pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", MinLength = 1, MaxLength = 63 };

    /// <summary>The name the source has in this object.</summary>
    public string Alias { get; init; } = "";

    /// <summary>The kind of the source.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the source.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the source; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    internal static AliasedSource ReadFields(FieldReader f) => new()
    {
        Alias = f.String("alias", "The name the source has in this object.", AliasRules) ?? "",
        Kind = f.String("kind", "The kind of the source.", KindRules) ?? "",
        Name = f.String("name", "The name of the source.", NameRules) ?? "",
        Namespace = f.String("namespace", "The namespace of the source; that of this object when absent.", NamespaceRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("alias", Alias)
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
