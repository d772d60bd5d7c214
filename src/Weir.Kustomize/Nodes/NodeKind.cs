namespace Weir.Kustomize.Nodes;

/// <summary>What to make where a path leads nowhere; <see cref="None"/> makes nothing.</summary>
internal enum NodeKind
{
    None,
    Scalar,
    Map,
    List,
}
