namespace Weir.Kubernetes;

/// <summary>Which object: kind without version, namespace (empty when cluster-scoped) and name.</summary>
public readonly record struct ObjectKey(string Group, string Kind, string Namespace, string Name)
{
    /// <summary><c>Kind/namespace/name</c>, as Flux prints objects.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}
