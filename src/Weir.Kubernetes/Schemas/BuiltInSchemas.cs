namespace Weir.Kubernetes;

/// <summary>The schemas of Kubernetes 1.36's built-in kinds, including kinds without storage (reviews, Status, lists) and versions that are not served by default.</summary>
public static class BuiltInSchemas
{
    /// <summary>The schema of a kind, or <see langword="null"/> when it is not built in. Types that belong to many groups (DeleteOptions, Status) are found under each.</summary>
    public static Schema? Find(GroupVersionKind kind) => BuiltInTable.Instance.Find(kind);

    /// <summary>The schema of a type by its name in OpenAPI documents, or <see langword="null"/>.</summary>
    public static Schema? Find(string typeName) => BuiltInTable.Instance.Find(typeName);

    /// <summary>The names of all types, sorted.</summary>
    public static IReadOnlyList<string> TypeNames => BuiltInTable.Instance.TypeNames;

    /// <summary>The schema of <c>metadata</c>.</summary>
    public static Schema ObjectMeta { get; } = Find("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")!;
}
