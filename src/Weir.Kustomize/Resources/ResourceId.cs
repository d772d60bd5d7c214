using Weir.Kubernetes;

namespace Weir.Kustomize.Resources;

/// <summary>
/// Which resource: kind with version, name and namespace. Two ids are equal when their effective namespaces are, so
/// that an absent namespace and <c>default</c> are the same.
/// </summary>
internal readonly record struct ResourceId(GroupVersionKind Gvk, string Name, string Namespace, bool IsClusterScoped = false)
{
    /// <summary>Stands for the namespace of what has none.</summary>
    public const string NotANamespace = "_non_namespaceable_";

    public const string DefaultNamespace = "default";

    public string EffectiveNamespace =>
        IsClusterScoped ? NotANamespace : Namespace.Length == 0 ? DefaultNamespace : Namespace;

    public bool IsInDefaultNamespace => !IsClusterScoped && (Namespace.Length == 0 || Namespace == DefaultNamespace);

    /// <summary>What makes two ids the same resource.</summary>
    public ResourceKey Key => new(Gvk, Name, EffectiveNamespace);

    public bool IsSame(in ResourceId other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && Gvk == other.Gvk && HasNamespaceOf(other);

    public bool HasNamespaceOf(in ResourceId other) =>
        string.Equals(EffectiveNamespace, other.EffectiveNamespace, StringComparison.Ordinal);

    /// <summary>True when every part that the selector gives is equal.</summary>
    public bool IsSelectedBy(in ResourceId selector) =>
        (selector.Name.Length == 0 || string.Equals(selector.Name, Name, StringComparison.Ordinal))
        && (selector.Namespace.Length == 0 || selector.HasNamespaceOf(this))
        && Gvk.IsSelectedBy(selector.Gvk);

    /// <summary><c>Kind.version.group/name.namespace</c>, as kustomize prints ids.</summary>
    public override string ToString() =>
        $"{Gvk.ToIdText()}/{(Name.Length == 0 ? "[noName]" : Name)}.{(Namespace.Length == 0 ? "[noNs]" : Namespace)}";
}
