using System.Globalization;
using Weir.Values;

namespace Weir.Helm;

/// <summary>One revision of a release as Helm keeps it in a Secret.</summary>
public sealed record ReleaseRecord
{
    /// <summary>The type of the Secret.</summary>
    public const string SecretType = "helm.sh/release.v1";

    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The revision, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>One of <see cref="ReleaseStatus"/>.</summary>
    public string Status { get; init; } = ReleaseStatus.Unknown;

    public string Description { get; init; } = "";

    public string Notes { get; init; } = "";

    public DateTimeOffset? FirstDeployed { get; init; }

    public DateTimeOffset? LastDeployed { get; init; }

    public DateTimeOffset? Deleted { get; init; }

    /// <summary>The chart in Helm's JSON form: metadata, templates, values, files.</summary>
    public MapValue Chart { get; init; } = new();

    /// <summary>The values that were laid over the chart's defaults.</summary>
    public MapValue Config { get; init; } = new();

    /// <summary>All documents with the template each came from.</summary>
    public string Manifest { get; init; } = "";

    public IReadOnlyList<ReleaseHook> Hooks { get; init; } = [];

    /// <summary><c>ssa</c> for server-side apply, <c>csa</c> for client-side; empty means the latter.</summary>
    public string ApplyMethod { get; init; } = "ssa";

    /// <summary>Labels of the user on the Secret, beside Helm's own; not part of the record's text.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public string ChartName => Chart.At("metadata", "name") is StringValue name ? name.Value : "";

    public string ChartVersion => Chart.At("metadata", "version") is StringValue version ? version.Value : "";

    public string AppVersion => Chart.At("metadata", "appVersion") is StringValue version ? version.Value : "";

    /// <summary>The Secret's name.</summary>
    public string SecretName => SecretNameOf(Name, Version);

    public static string SecretNameOf(string release, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"sh.helm.release.v1.{release}.v{version}");

    /// <summary>The first record of a rendering, not yet installed.</summary>
    /// <param name="chart">The chart that was rendered.</param>
    /// <param name="rendering">What it became.</param>
    /// <param name="release">The release's name, namespace and revision.</param>
    /// <param name="config">The values that were laid over the defaults.</param>
    /// <param name="now">The time of the deployment.</param>
    public static ReleaseRecord Of(Chart chart, HelmRendering rendering, ReleaseOptions release, MapValue config, DateTimeOffset now) => new()
    {
        Name = release.Name,
        Namespace = release.Namespace,
        Version = release.Revision,
        Chart = ChartRecord.Of(chart, rendering.Instance),
        Config = config,
        Manifest = rendering.Manifest,
        Hooks = rendering.Hooks,
        Notes = rendering.Notes,
        FirstDeployed = now,
        LastDeployed = now,
    };

    /// <summary>The labels that Helm finds the Secret by, with the user's.</summary>
    /// <param name="created">The time of creation, when the Secret is new.</param>
    /// <param name="modified">The time of the change, when it is not.</param>
    public IReadOnlyDictionary<string, string> SecretLabels(DateTimeOffset? created = null, DateTimeOffset? modified = null)
    {
        var labels = new Dictionary<string, string>(Labels, StringComparer.Ordinal)
        {
            ["name"] = Name,
            ["owner"] = "helm",
            ["status"] = Status,
            ["version"] = Version.ToString(CultureInfo.InvariantCulture),
        };
        if (created is { } c)
        {
            labels["createdAt"] = c.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        if (modified is { } m)
        {
            labels["modifiedAt"] = m.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        return labels;
    }
}
