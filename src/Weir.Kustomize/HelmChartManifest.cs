namespace Weir.Kustomize;

/// <summary>What rendering a chart gave: its manifest, or why there is none.</summary>
/// <param name="Manifest">The YAML as <c>helm template</c> prints it; <see langword="null"/> after a failure.</param>
/// <param name="Error">What went wrong; <see langword="null"/> after success.</param>
public sealed record HelmChartManifest(string? Manifest, string? Error);
