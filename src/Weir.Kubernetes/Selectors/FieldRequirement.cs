namespace Weir.Kubernetes;

/// <summary>One requirement of a field selector: a field equals a value, or does not.</summary>
public sealed record FieldRequirement(string Field, string Value, bool IsNegated);
