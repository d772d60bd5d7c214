using Weir.Values;

namespace Weir.Flux;

/// <summary>The source.</summary>
public sealed record ImageUpdateAutomationSourceReference
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, Default = "GitRepository", OneOf = ["GitRepository"] };

    /// <summary>The API version of the source.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the source.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the source.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the source; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    internal static ImageUpdateAutomationSourceReference ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the source."),
        Kind = f.String("kind", "The kind of the source.", KindRules) ?? "",
        Name = f.String("name", "The name of the source.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "The namespace of the source; that of this object when absent."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
