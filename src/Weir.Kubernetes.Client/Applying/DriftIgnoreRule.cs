using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>Parts of objects, as JSON pointers, that others may change.</summary>
public sealed record DriftIgnoreRule(IReadOnlyList<string> Paths, Func<MapValue, bool> Matches);
