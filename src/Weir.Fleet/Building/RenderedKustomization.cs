using Weir.Rendering;

namespace Weir.Fleet;

/// <summary>What a Kustomization became.</summary>
/// <param name="Rendering">The objects and what was said.</param>
/// <param name="Secrets">Texts that were decrypted.</param>
/// <param name="IsLocked">True when something stayed encrypted for want of a key.</param>
internal sealed record RenderedKustomization(KustomizationRendering Rendering, IReadOnlyList<string> Secrets, bool IsLocked);
