using Weir.Values;

namespace Weir.Flux;

/// <summary>The repository that was scanned.</summary>
public sealed record ImagePolicyImageRepositoryRef
{
    /// <summary>The name of the ImageRepository.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its namespace; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    internal static ImagePolicyImageRepositoryRef ReadFields(FieldReader f) => new()
    {
        Name = f.String("name", "The name of the ImageRepository.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "Its namespace; that of this object when absent."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
