using Weir.Values;

namespace Weir.Flux;

/// <summary>What a HelmRelease asks for.</summary>
public sealed record HelmReleaseSpec
{
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules PostRenderStrategyRules = new() { OneOf = ["nohooks", "combined", "separate"] };
    private static readonly FieldRules ReleaseNameRules = new() { MinLength = 1, MaxLength = 53 };
    private static readonly FieldRules ServiceAccountNameRules = new() { MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules StorageNamespaceRules = new() { MinLength = 1, MaxLength = 63 };
    private static readonly FieldRules TargetNamespaceRules = new() { MinLength = 1, MaxLength = 63 };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>The HelmChart to create.</summary>
    public HelmChartTemplate? Chart { get; init; }

    /// <summary>An existing source of the chart.</summary>
    public ChartReference? ChartRef { get; init; }

    /// <summary>Labels and annotations every object gets.</summary>
    public CommonMetadata? CommonMetadata { get; init; }

    /// <summary>Objects that must be ready first.</summary>
    public FieldList<DependencyReference>? DependsOn { get; init; }

    /// <summary>Whether the cluster is compared with the release.</summary>
    public DriftDetection? DriftDetection { get; init; }

    /// <summary>How the health of custom kinds is judged, in CEL.</summary>
    public FieldList<HealthCheckExpression>? HealthCheckExprs { get; init; }

    /// <summary>How the chart is installed.</summary>
    public HelmInstall? Install { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Another cluster to apply to.</summary>
    public KubeConfigReference? KubeConfig { get; init; }

    /// <summary>How many revisions are kept; 0 keeps all, 5 when absent.</summary>
    public long? MaxHistory { get; init; }

    /// <summary>Use one client for the whole reconciliation.</summary>
    public bool? PersistentClient { get; init; }

    /// <summary>Whether hooks go through the post-renderers, and how.</summary>
    public string? PostRenderStrategy { get; init; }

    /// <summary>Changes to what the chart renders, in order.</summary>
    public FieldList<PostRenderer>? PostRenderers { get; init; }

    /// <summary>The name of the release.</summary>
    public string? ReleaseName { get; init; }

    /// <summary>How the release is rolled back.</summary>
    public HelmRollback? Rollback { get; init; }

    /// <summary>The ServiceAccount to act as.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>The namespace the release is stored in; that of this object when absent.</summary>
    public string? StorageNamespace { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>The namespace of every object.</summary>
    public string? TargetNamespace { get; init; }

    /// <summary>How the chart is tested.</summary>
    public HelmTest? Test { get; init; }

    /// <summary>How long an operation may take.</summary>
    public FluxDuration? Timeout { get; init; }

    /// <summary>How the release is uninstalled.</summary>
    public HelmUninstall? Uninstall { get; init; }

    /// <summary>How the release is upgraded.</summary>
    public HelmUpgrade? Upgrade { get; init; }

    /// <summary>Values for the chart.</summary>
    public Value? Values { get; init; }

    /// <summary>ConfigMaps and Secrets with values, merged in order before the inline values.</summary>
    public FieldList<ValuesReference>? ValuesFrom { get; init; }

    /// <summary>How readiness is waited for.</summary>
    public WaitStrategy? WaitStrategy { get; init; }

    internal static HelmReleaseSpec ReadFields(FieldReader f)
    {
        f.Rule("(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))", "either chart or chartRef must be set");
        return new()
        {
            Chart = f.Object("chart", "The HelmChart to create.", HelmChartTemplate.ReadFields),
            ChartRef = f.Object("chartRef", "An existing source of the chart.", ChartReference.ReadFields),
            CommonMetadata = f.Object("commonMetadata", "Labels and annotations every object gets.", CommonMetadata.ReadFields),
            DependsOn = f.Objects("dependsOn", "Objects that must be ready first.", DependencyReference.ReadFields),
            DriftDetection = f.Object("driftDetection", "Whether the cluster is compared with the release.", DriftDetection.ReadFields),
            HealthCheckExprs = f.Objects("healthCheckExprs", "How the health of custom kinds is judged, in CEL.", HealthCheckExpression.ReadFields),
            Install = f.Object("install", "How the chart is installed.", HelmInstall.ReadFields),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            KubeConfig = f.Object("kubeConfig", "Another cluster to apply to.", KubeConfigReference.ReadFields),
            MaxHistory = f.Int("maxHistory", "How many revisions are kept; 0 keeps all, 5 when absent.", null),
            PersistentClient = f.Bool("persistentClient", "Use one client for the whole reconciliation."),
            PostRenderStrategy = f.String("postRenderStrategy", "Whether hooks go through the post-renderers, and how.", PostRenderStrategyRules),
            PostRenderers = f.Objects("postRenderers", "Changes to what the chart renders, in order.", PostRenderer.ReadFields),
            ReleaseName = f.String("releaseName", "The name of the release.", ReleaseNameRules),
            Rollback = f.Object("rollback", "How the release is rolled back.", HelmRollback.ReadFields),
            ServiceAccountName = f.String("serviceAccountName", "The ServiceAccount to act as.", ServiceAccountNameRules),
            StorageNamespace = f.String("storageNamespace", "The namespace the release is stored in; that of this object when absent.", StorageNamespaceRules),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
            TargetNamespace = f.String("targetNamespace", "The namespace of every object.", TargetNamespaceRules),
            Test = f.Object("test", "How the chart is tested.", HelmTest.ReadFields),
            Timeout = f.Duration("timeout", "How long an operation may take.", TimeoutRules),
            Uninstall = f.Object("uninstall", "How the release is uninstalled.", HelmUninstall.ReadFields),
            Upgrade = f.Object("upgrade", "How the release is upgraded.", HelmUpgrade.ReadFields),
            Values = f.Any("values", "Values for the chart."),
            ValuesFrom = f.Objects("valuesFrom", "ConfigMaps and Secrets with values, merged in order before the inline values.", ValuesReference.ReadFields),
            WaitStrategy = f.Object("waitStrategy", "How readiness is waited for.", WaitStrategy.ReadFields),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("chart", Chart?.WriteFields())
        .Add("chartRef", ChartRef?.WriteFields())
        .Add("commonMetadata", CommonMetadata?.WriteFields())
        .Add("dependsOn", DependsOn, static x => x.WriteFields())
        .Add("driftDetection", DriftDetection?.WriteFields())
        .Add("healthCheckExprs", HealthCheckExprs, static x => x.WriteFields())
        .Add("install", Install?.WriteFields())
        .Add("interval", Interval)
        .Add("kubeConfig", KubeConfig?.WriteFields())
        .Add("maxHistory", MaxHistory)
        .Add("persistentClient", PersistentClient)
        .Add("postRenderStrategy", PostRenderStrategy)
        .Add("postRenderers", PostRenderers, static x => x.WriteFields())
        .Add("releaseName", ReleaseName)
        .Add("rollback", Rollback?.WriteFields())
        .Add("serviceAccountName", ServiceAccountName)
        .Add("storageNamespace", StorageNamespace)
        .Add("suspend", Suspend)
        .Add("targetNamespace", TargetNamespace)
        .Add("test", Test?.WriteFields())
        .Add("timeout", Timeout)
        .Add("uninstall", Uninstall?.WriteFields())
        .Add("upgrade", Upgrade?.WriteFields())
        .Add("values", Values)
        .Add("valuesFrom", ValuesFrom, static x => x.WriteFields())
        .Add("waitStrategy", WaitStrategy?.WriteFields())
        .Map;
}
