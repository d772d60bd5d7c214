using System.Globalization;
using Weir.Flux;
using Weir.Helm;
using Weir.Rendering;
using Weir.Sources.Artifacts;
using Weir.Sources.Charts;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Builds a chart that lies in the artifact of a GitRepository or a Bucket: metadata, values, dependencies, archive.</summary>
internal static class LocalChartStep
{
    private const int ShortRevision = 12;

    public static async Task<ChartBuild> RunAsync(
        SourceServices services,
        RemoteSources remotes,
        SourceRun run,
        HelmChart chart,
        MapValue source,
        CancellationToken cancellationToken)
    {
        var artifact = source.GetMap("status")!.GetMap("artifact")!;
        MemoryFileTree tree;
        try
        {
            using var file = services.Store.Open(artifact.GetString("path") ?? "") ?? throw new IOException("the artifact is not in storage");
            tree = TarGz.Read(file);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return ChartBuild.Ended(run.FailStep(ConditionTypes.FetchFailed, SourceReasons.ReadOperationFailed, $"failed to open source artifact: {e.Message}"));
        }

        var path = FilePath.Combine("", chart.Spec.Chart.TrimStart('/'));
        if (path is null || (!tree.FileExists(path) && !tree.DirectoryExists(path) && path.Length > 0))
        {
            return ChartBuild.Failed(ChartFault.Reference, $"stat {chart.Spec.Chart}: no such file or directory");
        }

        var isDirectory = !tree.FileExists(path);
        var loaded = Load(tree, path, isDirectory);
        if (!loaded.TryGet(out var content))
        {
            return ChartBuild.Failed(ChartFault.Reference, loaded.Diagnostics[0].Message);
        }

        var options = ChartOptions.For(run, chart, chart.Spec.ReconcileStrategy == "Revision" ? Shorten(artifact.GetString("revision") ?? "") : "");
        var (version, problem) = options.Mark(content.Metadata.Version);
        if (problem is not null)
        {
            return ChartBuild.Failed(ChartFault.Metadata, problem);
        }

        var build = new ChartBuild { Name = content.Name, Version = version };
        var requiresPackaging = isDirectory || options.RequiresPackaging;
        if (options.Reuse(build, requiresPackaging) is { } stored)
        {
            return stored;
        }

        if (!requiresPackaging)
        {
            return build with { Content = tree.TryRead(path)!.Value.ToArray() };
        }

        var packed = ChartCopy.Of(content, content.Metadata with { Version = version });
        if (options.ValuesFiles.Count > 0)
        {
            var (values, files, wrong) = ChartValuesFiles.Merge(
                options.ValuesFiles,
                options.IgnoresMissing,
                file => FilePath.Combine("", file.TrimStart('/')) is { } clean ? tree.TryRead(clean) : null,
                static file => $"no values file found at path '/{file.TrimStart('/')}' (reference '{file}')");
            if (wrong is not null)
            {
                return build.But(ChartFault.ValuesFiles, wrong);
            }

            if (ChartValuesFiles.Replace(packed, values) is not { } replaced)
            {
                return build.But(ChartFault.ValuesFiles, $"failed to locate values file: {ChartValuesFiles.FileName}");
            }

            packed = replaced;
            build = build with { ValuesFiles = files };
        }

        if (isDirectory)
        {
            var dependencies = new ChartDependencyBuild(services, remotes, chart.Metadata.Namespace, tree, path);
            var (complete, count, wrong) = await dependencies.RunAsync(packed, cancellationToken).ConfigureAwait(false);
            if (wrong is not null)
            {
                return build.But(ChartFault.Dependencies, wrong);
            }

            packed = complete;
            build = build with { ResolvedDependencies = count };
        }

        return build with { Content = ChartArchiveWriter.Write(packed, Time(artifact)), IsPackaged = true };
    }

    /// <summary>A chart in a tree, packed or not.</summary>
    public static Parsed<Chart> Load(IFileTree tree, string path, bool isDirectory) => isDirectory
        ? ChartLoader.LoadDirectory(tree, path)
        : ChartLoader.LoadArchive(tree.TryRead(path)!.Value, path);

    // The files of one source artifact always have its time, so that packing them again gives the same bytes.
    private static DateTimeOffset Time(MapValue artifact) =>
        DateTimeOffset.TryParse(artifact.GetString("lastUpdateTime"), CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.UnixEpoch;

    /// <summary>The first characters of the commit or digest in a revision.</summary>
    private static string Shorten(string revision)
    {
        var hash = revision[(revision.LastIndexOf(':') + 1)..];
        return hash.Length > ShortRevision ? hash[..ShortRevision] : hash;
    }
}
