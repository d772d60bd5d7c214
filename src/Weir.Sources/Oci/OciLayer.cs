namespace Weir.Sources.Oci;

/// <summary>One layer of an artifact.</summary>
/// <param name="Content">The bytes, checked against their digest.</param>
/// <param name="MediaType">What they are.</param>
/// <param name="Annotations">The annotations of the manifest.</param>
public sealed record OciLayer(byte[] Content, string MediaType, IReadOnlyDictionary<string, string> Annotations);
