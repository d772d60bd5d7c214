using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Reads the parts that every Kubernetes object has from its plain value.</summary>
public static class ObjectExtensions
{
    public static GroupVersionKind GroupVersionKind(this MapValue value) =>
        Kubernetes.GroupVersionKind.Of(value.GetString("apiVersion"), value.GetString("kind"));

    /// <summary><c>metadata.name</c>; empty when absent.</summary>
    public static string Name(this MapValue value) => value.GetMap("metadata")?.GetString("name") ?? "";

    /// <summary><c>metadata.namespace</c>; empty when absent.</summary>
    public static string Namespace(this MapValue value) => value.GetMap("metadata")?.GetString("namespace") ?? "";

    /// <summary>The object's key, with the namespace as written.</summary>
    public static ObjectKey Key(this MapValue value)
    {
        var kind = value.GroupVersionKind();
        return new(kind.Group, kind.Kind, value.Namespace(), value.Name());
    }

    /// <summary>An annotation, or <see langword="null"/>.</summary>
    public static string? Annotation(this MapValue value, string name) =>
        value.GetMap("metadata")?.GetMap("annotations")?.GetString(name);

    /// <summary>A label, or <see langword="null"/>.</summary>
    public static string? Label(this MapValue value, string name) =>
        value.GetMap("metadata")?.GetMap("labels")?.GetString(name);
}
