using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>The objects of a collection, and the resource version that a watch can go on from.</summary>
public sealed record ObjectList(IReadOnlyList<MapValue> Items, string ResourceVersion);
