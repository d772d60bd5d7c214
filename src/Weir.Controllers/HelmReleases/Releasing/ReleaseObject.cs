using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>An object of a manifest with the namespace it goes to, ready to be sent.</summary>
internal sealed record ReleaseObject(MapValue Value, bool IsNamespaced)
{
    public ObjectKey Key => Value.Key();

    public GroupVersionKind Kind => Value.GroupVersionKind();

    /// <summary>The object must survive upgrades that drop it and uninstalls.</summary>
    public bool IsKept => IsKeptBy(Value);

    /// <summary>As Helm names an object in errors of server-side apply: <c>namespace/name group/version, Kind=kind</c>.</summary>
    public string ApplyName => Value.Namespace().Length == 0
        ? $"/{Value.Name()} {Kind.Group}/{Kind.Version}, Kind={Kind.Kind}"
        : $"{Value.Namespace()}/{Value.Name()} {Kind.Group}/{Kind.Version}, Kind={Kind.Kind}";

    public static bool IsKeptBy(MapValue value) =>
        string.Equals(value.Annotation("helm.sh/resource-policy")?.Trim(), "keep", StringComparison.OrdinalIgnoreCase);
}
