using Weir.Values;

namespace Weir.Kustomize;

/// <summary>What cloning a repository gave: its tree, or why there is none.</summary>
/// <param name="Tree">The files, rooted at the repository; <see langword="null"/> after a failure.</param>
/// <param name="Error">What went wrong, without secrets; <see langword="null"/> after success.</param>
public sealed record RemoteTree(IFileTree? Tree, string? Error);
