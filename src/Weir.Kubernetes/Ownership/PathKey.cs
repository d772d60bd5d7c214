using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>One key of a list item: <c>name="x"</c>.</summary>
public readonly record struct PathKey(string Name, Value Value);
