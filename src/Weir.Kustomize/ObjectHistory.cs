using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Kustomize;

/// <summary>The changes of one object's fields.</summary>
/// <param name="Object">The object as the build gave it.</param>
/// <param name="Changes">The changes in the order in which they happened.</param>
public sealed record ObjectHistory(MapValue Object, IReadOnlyList<FieldChange> Changes)
{
    /// <summary>True for the object of this kind, in any case, and name: the present one or one it had before.</summary>
    public bool Is(string kind, string name) =>
        string.Equals(Object.GetString("kind"), kind, StringComparison.OrdinalIgnoreCase)
        && (Object.Name() == name || Changes.Any(c => c.Path == "metadata.name" && c.Text == name));
}
