namespace Weir.Sources.Mirrors;

/// <summary>The local answer for a URL.</summary>
/// <param name="Mirror">The mirror that answers.</param>
/// <param name="Path">Where the answer lies on disk.</param>
/// <param name="Form">What lies there.</param>
public sealed record MirrorMatch(SourceMirror Mirror, string Path, MirrorForm Form);
