using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>A label or annotation that marks objects, such as <c>kustomize.toolkit.fluxcd.io/prune: disabled</c>. The value matches in any case.</summary>
public sealed record MetadataSelector(string Key, string Value)
{
    public bool Matches(MapValue? value) =>
        value is not null
        && (string.Equals(value.Label(Key), Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(value.Annotation(Key), Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when any of the selectors matches any of the objects.</summary>
    internal static bool Any(IReadOnlyList<MetadataSelector> selectors, MapValue? first, MapValue? second = null)
    {
        foreach (var selector in selectors)
        {
            if (selector.Matches(first) || selector.Matches(second))
            {
                return true;
            }
        }

        return false;
    }
}
