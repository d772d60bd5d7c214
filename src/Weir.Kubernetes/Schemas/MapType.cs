namespace Weir.Kubernetes;

/// <summary>How an object merges (<c>x-kubernetes-map-type</c>).</summary>
public enum MapType
{
    /// <summary>Not said: granular.</summary>
    None,

    /// <summary>The object is one value with one owner.</summary>
    Atomic,

    /// <summary>Each key has its owners.</summary>
    Granular,
}
