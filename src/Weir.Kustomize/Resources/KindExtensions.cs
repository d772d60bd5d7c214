using Weir.Kubernetes;

namespace Weir.Kustomize.Resources;

/// <summary>What kustomize asks of a kind.</summary>
internal static class KindExtensions
{
    /// <summary>Selects every kind.</summary>
    public static GroupVersionKind Any { get; } = new("", "", "");

    /// <summary>True when every part that the selector gives is equal.</summary>
    public static bool IsSelectedBy(this GroupVersionKind kind, GroupVersionKind selector) =>
        (selector.Group.Length == 0 || string.Equals(kind.Group, selector.Group, StringComparison.Ordinal))
        && (selector.Version.Length == 0 || string.Equals(kind.Version, selector.Version, StringComparison.Ordinal))
        && (selector.Kind.Length == 0 || string.Equals(kind.Kind, selector.Kind, StringComparison.Ordinal));

    /// <summary><c>Kind.version.group</c> with words for absent parts.</summary>
    public static string ToIdText(this GroupVersionKind kind) =>
        $"{(kind.Kind.Length == 0 ? "[noKind]" : kind.Kind)}.{(kind.Version.Length == 0 ? "[noVer]" : kind.Version)}.{(kind.Group.Length == 0 ? "[noGrp]" : kind.Group)}";

    /// <summary>The text by which kustomize orders kinds.</summary>
    public static string ToSortText(this GroupVersionKind kind) =>
        $"{(kind.Group.Length == 0 ? "~G" : kind.Group)}_{(kind.Version.Length == 0 ? "~V" : kind.Version)}_{(kind.Kind.Length == 0 ? "~K" : kind.Kind)}";
}
