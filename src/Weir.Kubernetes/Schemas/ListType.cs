namespace Weir.Kubernetes;

/// <summary>How a list merges (<c>x-kubernetes-list-type</c>).</summary>
public enum ListType
{
    /// <summary>Not said: atomic.</summary>
    None,

    /// <summary>The list is one value with one owner.</summary>
    Atomic,

    /// <summary>Unique scalars, each with its owners.</summary>
    Set,

    /// <summary>Objects found by their keys, each with its owners.</summary>
    Map,
}
