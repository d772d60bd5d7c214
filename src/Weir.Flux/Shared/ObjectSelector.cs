using Weir.Values;

namespace Weir.Flux;

/// <summary>Chooses objects; what is absent matches everything.</summary>
public sealed record ObjectSelector
{
    /// <summary>Annotations that must match, in the notation of label selectors.</summary>
    public string? AnnotationSelector { get; init; }

    /// <summary>The API group that must match.</summary>
    public string? Group { get; init; }

    /// <summary>The kind that must match.</summary>
    public string? Kind { get; init; }

    /// <summary>Labels that must match, in the notation of label selectors.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>The name that must match.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace that must match.</summary>
    public string? Namespace { get; init; }

    /// <summary>The API version that must match.</summary>
    public string? Version { get; init; }

    internal static ObjectSelector ReadFields(FieldReader f) => new()
    {
        AnnotationSelector = f.String("annotationSelector", "Annotations that must match, in the notation of label selectors."),
        Group = f.String("group", "The API group that must match."),
        Kind = f.String("kind", "The kind that must match."),
        LabelSelector = f.String("labelSelector", "Labels that must match, in the notation of label selectors."),
        Name = f.String("name", "The name that must match."),
        Namespace = f.String("namespace", "The namespace that must match."),
        Version = f.String("version", "The API version that must match."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("annotationSelector", AnnotationSelector)
        .Add("group", Group)
        .Add("kind", Kind)
        .Add("labelSelector", LabelSelector)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Add("version", Version)
        .Map;
}
