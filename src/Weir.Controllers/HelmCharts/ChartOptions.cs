using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>How a chart is built, from its object and from what is stored of it.</summary>
internal sealed record ChartOptions
{
    private const string DefaultValuesFile = "values.yaml";

    /// <summary>Files that are merged, in order; empty when the chart's own values stand alone.</summary>
    public IReadOnlyList<string> ValuesFiles { get; init; } = [];

    public bool IgnoresMissing { get; init; }

    /// <summary>What stands after the <c>+</c> of the version; empty for nothing.</summary>
    public string VersionMetadata { get; init; } = "";

    /// <summary>The name and version of the stored chart; <see langword="null"/> when it must not be used again.</summary>
    public (string Name, string Version)? Stored { get; init; }

    /// <summary>The values files that the stored chart has; <see langword="null"/> when that was not written down.</summary>
    public IReadOnlyList<string>? StoredValuesFiles { get; init; }

    public bool RequiresPackaging => ValuesFiles.Count > 0 || VersionMetadata.Length > 0;

    /// <param name="run">The run.</param>
    /// <param name="chart">The object.</param>
    /// <param name="revision">The source's revision that the version tells; empty for none.</param>
    public static ChartOptions For(SourceRun run, HelmChart chart, string revision)
    {
        IReadOnlyList<string> files = chart.Spec.ValuesFiles is { } written ? [.. written] : [];
        if (files.Count == 1 && FilePath.Combine("", files[0]) == DefaultValuesFile)
        {
            files = [];
        }

        var metadata = revision;
        if (files.Count > 0)
        {
            // Merged values depend on the object: each generation has its own version.
            metadata += $"{(revision.Length > 0 ? "." : "")}{run.Object.Metadata.Generation}";
        }

        var status = run.Object.Status;
        var isForced = run.Object.Metadata.Generation != status.GetInt("observedGeneration");
        return new()
        {
            ValuesFiles = files,
            IgnoresMissing = chart.Spec.IgnoreMissingValuesFiles == true,
            VersionMetadata = metadata,
            Stored = !isForced && run.Revision is { } version ? (status.GetString("observedChartName") ?? "", version) : null,
            StoredValuesFiles = status.GetList("observedValuesFiles") is { } observed ? [.. observed.OfType<StringValue>().Select(static v => v.Value)] : null,
        };
    }

    /// <summary>The version with the metadata, or what is wrong with it in Flux's words.</summary>
    public (string Version, string? Problem) Mark(string version)
    {
        if (VersionMetadata.Length == 0)
        {
            return (version, null);
        }

        if (!SemanticVersion.TryParse(version, out var parsed, out var error))
        {
            return (version, $"failed to parse version from chart metadata as SemVer: {error}");
        }

        foreach (var c in VersionMetadata)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
            {
                return (version, "failed to set SemVer metadata on chart version: invalid metadata string");
            }
        }

        return (new SemanticVersion(parsed.Major, parsed.Minor, parsed.Patch, parsed.Prerelease, VersionMetadata).ToString(), null);
    }

    /// <summary>The stored chart when it is the one that would be built.</summary>
    public ChartBuild? Reuse(ChartBuild build, bool isPackaged) => Stored is { } stored && stored.Name == build.Name && stored.Version == build.Version
        ? build with { ValuesFiles = StoredValuesFiles ?? ValuesFiles, IsPackaged = isPackaged }
        : null;
}
