namespace Weir.Kubernetes;

/// <summary>A subresource (<c>status</c>, <c>scale</c>): its name, the kind of its body and its verbs.</summary>
public sealed record SubresourceType(string Name, GroupVersionKind Kind, ResourceVerbs Verbs);
