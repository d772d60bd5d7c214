namespace Weir.Kubernetes;

/// <summary>What a value is handled as when objects merge.</summary>
internal enum MergeShape
{
    Map,
    List,
    Scalar,
}
