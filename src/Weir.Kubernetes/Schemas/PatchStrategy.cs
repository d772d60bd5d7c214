namespace Weir.Kubernetes;

/// <summary>How a field behaves in a strategic merge patch (<c>x-kubernetes-patch-strategy</c>).</summary>
[Flags]
public enum PatchStrategy
{
    /// <summary>Lists are replaced, objects are merged.</summary>
    None = 0,
    Merge = 1,
    Replace = 2,
    RetainKeys = 4,
}
