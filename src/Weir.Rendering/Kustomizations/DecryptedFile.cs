namespace Weir.Rendering;

/// <summary>The plain bytes of a file that was encrypted.</summary>
public sealed record DecryptedFile(ReadOnlyMemory<byte> Content);
