using Weir.Values;

namespace Weir.Flux;

/// <summary>What was reconciled before, newest first.</summary>
public sealed record ReleaseSnapshot
{
    /// <summary>The action that made this snapshot.</summary>
    public string? Action { get; init; }

    /// <summary>How the digest of this snapshot is computed.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The application version of the chart.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The name of the chart.</summary>
    public string ChartName { get; init; } = "";

    /// <summary>The version of the chart.</summary>
    public string ChartVersion { get; init; } = "";

    /// <summary>The checksum of the values.</summary>
    public string ConfigDigest { get; init; } = "";

    /// <summary>When the release was uninstalled.</summary>
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>The checksum of the stored release.</summary>
    public string Digest { get; init; } = "";

    /// <summary>When the release was first deployed.</summary>
    public DateTimeOffset? FirstDeployed { get; init; }

    /// <summary>When this version was deployed.</summary>
    public DateTimeOffset? LastDeployed { get; init; }

    /// <summary>The name of the release.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the release.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The digest of the OCI artifact of the chart.</summary>
    public string? OciDigest { get; init; }

    /// <summary>The state of the release.</summary>
    public string Status { get; init; } = "";

    /// <summary>The test hooks that were seen to run, by name.</summary>
    public FieldMap<TestHookStatus>? TestHooks { get; init; }

    /// <summary>The revision of the release.</summary>
    public long? Version { get; init; }

    internal static ReleaseSnapshot ReadFields(FieldReader f) => new()
    {
        Action = f.String("action", "The action that made this snapshot."),
        ApiVersion = f.String("apiVersion", "How the digest of this snapshot is computed."),
        AppVersion = f.String("appVersion", "The application version of the chart."),
        ChartName = f.String("chartName", "The name of the chart.", FieldRules.Required) ?? "",
        ChartVersion = f.String("chartVersion", "The version of the chart.", FieldRules.Required) ?? "",
        ConfigDigest = f.String("configDigest", "The checksum of the values.", FieldRules.Required) ?? "",
        Deleted = f.Time("deleted", "When the release was uninstalled."),
        Digest = f.String("digest", "The checksum of the stored release.", FieldRules.Required) ?? "",
        FirstDeployed = f.Time("firstDeployed", "When the release was first deployed.", FieldRules.Required),
        LastDeployed = f.Time("lastDeployed", "When this version was deployed.", FieldRules.Required),
        Name = f.String("name", "The name of the release.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "The namespace of the release.", FieldRules.Required) ?? "",
        OciDigest = f.String("ociDigest", "The digest of the OCI artifact of the chart."),
        Status = f.String("status", "The state of the release.", FieldRules.Required) ?? "",
        TestHooks = f.ObjectMap("testHooks", "The test hooks that were seen to run, by name.", TestHookStatus.ReadFields),
        Version = f.Int("version", "The revision of the release.", null, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("action", Action)
        .Add("apiVersion", ApiVersion)
        .Add("appVersion", AppVersion)
        .Add("chartName", ChartName)
        .Add("chartVersion", ChartVersion)
        .Add("configDigest", ConfigDigest)
        .Add("deleted", Deleted)
        .Add("digest", Digest)
        .Add("firstDeployed", FirstDeployed)
        .Add("lastDeployed", LastDeployed)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Add("ociDigest", OciDigest)
        .Add("status", Status)
        .Add("testHooks", TestHooks, static x => x.WriteFields())
        .Add("version", Version)
        .Map;
}
