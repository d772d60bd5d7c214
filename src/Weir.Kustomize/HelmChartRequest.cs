using Weir.Values;

namespace Weir.Kustomize;

/// <summary>One entry of <c>helmCharts</c>, with its values already read and merged.</summary>
public sealed record HelmChartRequest
{
    /// <summary>The chart's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version asked for; empty for any.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where the chart comes from when it is not in <see cref="ChartHome"/>; empty for nowhere.</summary>
    public string Repository { get; init; } = "";

    /// <summary>The release's name; empty for a generated one.</summary>
    public string ReleaseName { get; init; } = "";

    /// <summary>A template for the release's name; empty for none.</summary>
    public string NameTemplate { get; init; } = "";

    /// <summary>The release's namespace; empty for <c>default</c>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The tree that the kustomization was read from.</summary>
    public required IFileTree Tree { get; init; }

    /// <summary>The directory in the tree that holds charts by name.</summary>
    public required string ChartHome { get; init; }

    /// <summary>The values, files first to last and then those written inline, ready to be laid over the chart's own.</summary>
    public required IReadOnlyList<MapValue> Values { get; init; }

    public bool IncludeCrds { get; init; }

    public bool SkipHooks { get; init; }

    public bool SkipTests { get; init; }

    /// <summary>Whether versions before a release may be taken.</summary>
    public bool Devel { get; init; }

    /// <summary>API versions that the cluster is said to have beside the usual ones.</summary>
    public IReadOnlyList<string> ApiVersions { get; init; } = [];

    /// <summary>The version that the cluster is said to have; empty for Helm's default.</summary>
    public string KubeVersion { get; init; } = "";
}
