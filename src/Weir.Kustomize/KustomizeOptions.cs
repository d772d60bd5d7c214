namespace Weir.Kustomize;

/// <summary>How a build is done. The defaults are those of <c>kustomize build</c>, except that the input's order is kept.</summary>
public sealed record KustomizeOptions
{
    public static KustomizeOptions Default { get; } = new();

    public ResourceOrder Order { get; init; } = ResourceOrder.None;

    /// <summary>True when <see cref="Order"/> was asked for, so that a kustomization's own <c>sortOptions</c> override somebody.</summary>
    public bool IsOrderExplicit { get; init; }

    public LoadRestrictor LoadRestrictor { get; init; } = LoadRestrictor.RootOnly;

    /// <summary>Brings remote bases and files; <see langword="null"/> refuses them.</summary>
    public IRemoteLoader? Remote { get; init; }

    /// <summary>Renders <c>helmCharts</c>; <see langword="null"/> refuses them.</summary>
    public IHelmChartRenderer? Helm { get; init; }

    /// <summary>The version that Helm charts are told the cluster has; empty leaves it to the chart entry.</summary>
    public string HelmKubeVersion { get; init; } = "";

    /// <summary>API versions that Helm charts are told the cluster has; none leaves it to the chart entry.</summary>
    public IReadOnlyList<string> HelmApiVersions { get; init; } = [];

    /// <summary>Adds the label <c>app.kubernetes.io/managed-by</c> to every object.</summary>
    public bool AddManagedByLabel { get; init; }

    /// <summary>The version in that label.</summary>
    public string Version { get; init; } = "v5.8.1";

    /// <summary>Patches, replacements, images, generators and components that do nothing are errors instead of warnings.</summary>
    public bool Strict { get; init; }

    /// <summary>Keeps, for every field, which files and transformers set it. Costs time and memory.</summary>
    public bool TrackFields { get; init; }

    /// <summary>The directory of the tree from which places are told; places outside are told from the tree's root.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Deepest chain of kustomizations that include each other.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Largest file in bytes that is read.</summary>
    public long MaxFileBytes { get; init; } = 64L * 1024 * 1024;
}
