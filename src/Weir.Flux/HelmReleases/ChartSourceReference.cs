using Weir.Values;

namespace Weir.Flux;

/// <summary>The source.</summary>
public sealed record ChartSourceReference
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["HelmRepository", "GitRepository", "Bucket"] };
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules NamespaceRules = new() { MinLength = 1, MaxLength = 63 };

    /// <summary>The API version of the source.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the source.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the source.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the source; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    internal static ChartSourceReference ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the source."),
        Kind = f.String("kind", "The kind of the source.", KindRules) ?? "",
        Name = f.String("name", "The name of the source.", NameRules) ?? "",
        Namespace = f.String("namespace", "The namespace of the source; that of this object when absent.", NamespaceRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
