using Weir.Kubernetes;
using Weir.Kustomize.Nodes;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>A field of the objects of a kind. Empty parts of the kind stand for any.</summary>
internal sealed record FieldSpec(GroupVersionKind Gvk, string Path, bool Create = false)
{
    /// <summary>The parts of the path between slashes.</summary>
    public string[] Parts { get; } = FieldPath.Split(Path, '/');

    /// <summary>True when both name the same field, this one at least as exactly as the other.</summary>
    public bool Covers(FieldSpec other) =>
        string.Equals(Path, other.Path, StringComparison.Ordinal) && Resources.KindExtensions.IsSelectedBy(Gvk, other.Gvk);

    /// <summary>True when the field is one of objects of this kind.</summary>
    public bool AppliesTo(GroupVersionKind kind) => Resources.KindExtensions.IsSelectedBy(kind, Gvk);

    public bool Equals(FieldSpec? other) =>
        other is not null && Gvk == other.Gvk && string.Equals(Path, other.Path, StringComparison.Ordinal) && Create == other.Create;

    public override int GetHashCode() => HashCode.Combine(Gvk, Path, Create);
}
