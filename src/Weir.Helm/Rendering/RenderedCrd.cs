namespace Weir.Helm;

/// <summary>A file of <c>crds/</c>: installed once, never templated.</summary>
/// <param name="Source">The path, such as <c>chart/charts/child/crds/kind.yaml</c>.</param>
/// <param name="Text">The file as it stands.</param>
public sealed record RenderedCrd(string Source, string Text);
