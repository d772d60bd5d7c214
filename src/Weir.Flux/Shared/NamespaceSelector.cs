using Weir.Values;

namespace Weir.Flux;

/// <summary>Namespaces by label.</summary>
public sealed record NamespaceSelector
{
    /// <summary>Labels the namespace must have.</summary>
    public FieldMap<string>? MatchLabels { get; init; }

    internal static NamespaceSelector ReadFields(FieldReader f) => new()
    {
        MatchLabels = f.StringMap("matchLabels", "Labels the namespace must have."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("matchLabels", MatchLabels)
        .Map;
}
