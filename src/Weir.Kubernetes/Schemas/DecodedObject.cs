using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// What decoding an object into its type gave. The error is the first value of a wrong type, in the words of Go's decoder.
/// Unknown fields are paths such as <c>spec.template.spec.containers[0].imagee</c>.
/// </summary>
public sealed record DecodedObject(MapValue Value, string? Error, IReadOnlyList<string> UnknownFields);
