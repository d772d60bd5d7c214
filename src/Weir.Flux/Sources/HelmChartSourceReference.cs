using Weir.Values;

namespace Weir.Flux;

/// <summary>The source.</summary>
public sealed record HelmChartSourceReference
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["HelmRepository", "GitRepository", "Bucket"] };

    /// <summary>The API version of the source.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the source.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the source.</summary>
    public string Name { get; init; } = "";

    internal static HelmChartSourceReference ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the source."),
        Kind = f.String("kind", "The kind of the source.", KindRules) ?? "",
        Name = f.String("name", "The name of the source.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("name", Name)
        .Map;
}
