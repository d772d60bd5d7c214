namespace Weir.Kubernetes;

/// <summary>A served API group with its versions, the preferred one first. The name is empty for the core group.</summary>
public sealed record ResourceGroup(string Name, IReadOnlyList<string> Versions);
