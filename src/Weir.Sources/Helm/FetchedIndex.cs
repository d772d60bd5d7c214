using Weir.Sources.Mirrors;

namespace Weir.Sources.Helm;

/// <summary>A repository's index as it was fetched.</summary>
/// <param name="Content">The bytes of <c>index.yaml</c>.</param>
/// <param name="Mirror">The mirror that answered; <see langword="null"/> when the repository did.</param>
public sealed record FetchedIndex(byte[] Content, MirrorMatch? Mirror);
