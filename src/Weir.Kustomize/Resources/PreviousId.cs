namespace Weir.Kustomize.Resources;

/// <summary>A name that a resource had before a transformer changed it. The namespace is the effective one.</summary>
internal readonly record struct PreviousId(string Name, string Namespace, string Kind);
