namespace Weir.Kubernetes;

/// <summary>A step of a field set with what lies below it; never empty.</summary>
internal readonly record struct FieldSetChild(PathElement Element, FieldSet Set);
