using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The objects of a kind that parameterizes policies.</summary>
/// <param name="IsNamespaced">False for a kind of the cluster: then namespaces are empty.</param>
/// <param name="Find">The object of a namespace and name, or <see langword="null"/>.</param>
/// <param name="List">All objects of a namespace.</param>
public sealed record AdmissionParameters(
    bool IsNamespaced, Func<string, string, MapValue?> Find, Func<string, IEnumerable<MapValue>> List);
