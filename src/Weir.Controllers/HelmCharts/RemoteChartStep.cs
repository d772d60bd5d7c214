using System.Text.RegularExpressions;
using Weir.Flux;
using Weir.Helm;
using Weir.Rendering;
using Weir.Sources;
using Weir.Sources.Charts;
using Weir.Sources.Helm;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Builds a chart from a Helm repository or a registry: version, download, values.</summary>
internal static partial class RemoteChartStep
{
    private static readonly string[] SignsOfRefusal = ["401", "unauthorized", "authentication required", "tls", "unknown certificate authority"];

    public static async Task<ChartBuild> RunAsync(
        SourceServices services,
        RemoteSources remotes,
        SourceRun run,
        HelmChart chart,
        HelmRepository repository,
        CancellationToken cancellationToken)
    {
        if (!ChartName().IsMatch(chart.Spec.Chart))
        {
            return ChartBuild.Failed(
                ChartFault.Reference,
                $"invalid chart name '{chart.Spec.Chart}': a valid name must be lower case letters and numbers and MAY be separated with dashes (-), slashes (/) or periods (.)");
        }

        var (access, problem) = await HelmAccess.FindAsync(services.Client, remotes.Mirrors, repository, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return ChartBuild.Ended(run.FailStep(ConditionTypes.FetchFailed, SourceReasons.AuthenticationFailed, problem));
        }

        if (repository.Spec.Type == "oci" && repository.Spec.Provider is "aws" or "azure" or "gcp" && repository.Spec.SecretRef is null)
        {
            return ChartBuild.Ended(run.StallStep(
                ConditionTypes.FetchFailed,
                SourceReasons.InvalidProviderConfiguration,
                $"provider '{repository.Spec.Provider}' is not supported: cloud identities are not available here"));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(repository.Spec.Timeout ?? new FluxDuration(TimeSpan.FromSeconds(60)));
        var options = ChartOptions.For(run, chart, "");
        ChartBuild build;
        try
        {
            var index = repository.Spec.Type == "oci" ? null : IndexOf(services, run, repository);
            var charts = new RemoteCharts(remotes, repository, access, index);
            build = await BuildAsync(
                charts,
                chart.Spec.Chart,
                chart.Spec.Version ?? "",
                options,
                (found, token) => ChartVerificationStep.RunAsync(services, remotes, run, chart, repository, charts, found, token),
                limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            build = ChartBuild.Failed(ChartFault.Pull, "context deadline exceeded");
        }

        return build.Failure is { } failure && IsRefusal(failure.Cause)
            ? ChartBuild.Ended(run.FailStep(
                ConditionTypes.FetchFailed,
                SourceReasons.AuthenticationFailed,
                $"failed to authenticate with the Helm repository: {failure.Fault.Summary}: {failure.Cause}"))
            : build;
    }

    private static HelmIndex IndexOf(SourceServices services, SourceRun run, HelmRepository repository)
    {
        _ = run;
        using var file = services.Store.Open(repository.Status.Artifact?.Path ?? "") ?? throw new IOException("the index left the storage");
        using var content = new MemoryStream();
        file.CopyTo(content);
        return HelmIndex.Read(content.ToArray());
    }

    private static async Task<ChartBuild> BuildAsync(
        RemoteCharts charts,
        string name,
        string range,
        ChartOptions options,
        Func<RemoteChart, CancellationToken, Task<ChartBuild?>> verify,
        CancellationToken cancellationToken)
    {
        RemoteChart remote;
        try
        {
            remote = await charts.FindAsync(name, range, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            // In an index a missing version is a wrong reference; a registry may have it a moment later.
            return ChartBuild.Failed(charts.IsRegistry ? ChartFault.Pull : ChartFault.Reference, $"failed to get chart version for remote reference: {e.Message}");
        }

        if (await verify(remote, cancellationToken).ConfigureAwait(false) is { } unverified)
        {
            return unverified;
        }

        var (version, problem) = options.Mark(remote.Version);
        if (problem is not null)
        {
            return ChartBuild.Failed(ChartFault.Metadata, problem);
        }

        var build = new ChartBuild { Name = remote.Name, Version = version };
        if (options.Reuse(build, options.RequiresPackaging) is { } stored)
        {
            return stored;
        }

        byte[] content;
        MirrorMatch? mirror;
        try
        {
            (content, mirror) = await charts.DownloadAsync(remote, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return ChartBuild.Failed(ChartFault.Pull, $"failed to download chart for remote reference: {e.Message}");
        }

        build = build with { Mirror = mirror };
        var loaded = ChartLoader.LoadArchive(content);
        if (!loaded.TryGet(out var chart))
        {
            var cause = loaded.Diagnostics[0].Message;
            return options.RequiresPackaging
                ? build.But(ChartFault.Package, $"failed to load downloaded chart: {cause}")
                : ChartBuild.Failed(ChartFault.Pull, $"failed to load chart metadata from written chart: {cause}");
        }

        return options.RequiresPackaging ? Package(build, chart, options) : build with { Content = content };
    }

    private static ChartBuild Package(ChartBuild build, Chart chart, ChartOptions options)
    {
        var (values, files, problem) = ChartValuesFiles.Merge(
                options.ValuesFiles,
                options.IgnoresMissing,
            path => FilePath.Combine("", path) is not { } clean ? null
                : clean == ChartValuesFiles.FileName ? Find(chart.Raw, clean)
                : Find(chart.Files, clean),
            static path => $"no values file found at path '{path}'");
        if (problem is not null)
        {
            return build.But(ChartFault.ValuesFiles, $"failed to merge chart values: {problem}");
        }

        var packed = ChartCopy.Of(chart, chart.Metadata with { Version = build.Version });
        return ChartValuesFiles.Replace(packed, values) is { } replaced
            ? build with { Content = ChartArchiveWriter.Write(replaced, DateTimeOffset.UnixEpoch), ValuesFiles = files, IsPackaged = true }
            : build.But(ChartFault.ValuesFiles, $"failed to locate values file: {ChartValuesFiles.FileName}");
    }

    private static ReadOnlyMemory<byte>? Find(IReadOnlyList<ChartFile> files, string name)
    {
        foreach (var file in files)
        {
            if (file.Name == name)
            {
                return file.Data;
            }
        }

        return null;
    }

    private static bool IsRefusal(string cause)
    {
        foreach (var sign in SignsOfRefusal)
        {
            if (cause.Contains(sign, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^([-a-z0-9]+/?\.?)+$", RegexOptions.CultureInvariant)]
    private static partial Regex ChartName();
}
