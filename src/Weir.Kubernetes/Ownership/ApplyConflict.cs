namespace Weir.Kubernetes;

/// <summary>A field that somebody else owns and that an apply would change. The manager stands as in messages: <c>"x" using v1</c>.</summary>
public sealed record ApplyConflict(string Manager, string Field);
