using Weir.Sources.Helm;

namespace Weir.Controllers;

/// <summary>A version of a chart in a repository or a registry.</summary>
/// <param name="Name">The chart.</param>
/// <param name="Version">The version.</param>
/// <param name="Entry">Where the index says it is; <see langword="null"/> in a registry.</param>
internal sealed record RemoteChart(string Name, string Version, HelmIndexEntry? Entry);
