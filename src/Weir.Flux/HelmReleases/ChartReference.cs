using Weir.Values;

namespace Weir.Flux;

/// <summary>An existing source of the chart.</summary>
public sealed record ChartReference
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["OCIRepository", "HelmChart", "ExternalArtifact"] };
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules NamespaceRules = new() { MinLength = 1, MaxLength = 63 };

    /// <summary>The API version of the chart's source.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the chart's source.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the chart's source.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the chart's source; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    internal static ChartReference ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the chart's source."),
        Kind = f.String("kind", "The kind of the chart's source.", KindRules) ?? "",
        Name = f.String("name", "The name of the chart's source.", NameRules) ?? "",
        Namespace = f.String("namespace", "The namespace of the chart's source; that of this object when absent.", NamespaceRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
