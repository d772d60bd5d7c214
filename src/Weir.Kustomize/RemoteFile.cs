namespace Weir.Kustomize;

/// <summary>What fetching a file gave: its bytes, or why there are none.</summary>
/// <param name="Content">The bytes; <see langword="null"/> after a failure.</param>
/// <param name="Error">What went wrong, without secrets; <see langword="null"/> after success.</param>
/// <param name="IsRefused">True when a server answered with a status that is no success.</param>
public sealed record RemoteFile(ReadOnlyMemory<byte>? Content, string? Error, bool IsRefused = false);
