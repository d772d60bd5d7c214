using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Answers <c>lookup</c>: the object of this name, or with an empty name a list object of all; an empty map when there is
/// none. The namespace is empty for cluster-scoped kinds and for all namespaces.
/// </summary>
public delegate MapValue ClusterLookup(string apiVersion, string kind, string @namespace, string name);
