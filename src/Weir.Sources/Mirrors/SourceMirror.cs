namespace Weir.Sources.Mirrors;

/// <summary>Sources whose URL starts with a prefix are answered from a local path.</summary>
/// <param name="Prefix">The start of the URLs, with their scheme. A prefix ends at a slash of the URL, not inside a word.</param>
/// <param name="Path">A directory, a bare repository or an archive; what follows the prefix in a URL is looked for below it.</param>
/// <param name="Directory">For Git: a directory of the repository that stands for its root; empty for the root itself.</param>
public sealed record SourceMirror(string Prefix, string Path, string Directory = "");
