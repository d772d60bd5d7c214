using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Sources;
using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Adds the dependencies that an unpacked chart names and does not hold: from the same artifact, or from repositories, with the
/// credentials of the HelmRepository of that URL in the object's namespace.
/// </summary>
internal sealed class ChartDependencyBuild(SourceServices services, RemoteSources remotes, string space, MemoryFileTree tree, string path)
{
    private readonly Dictionary<string, RemoteCharts> _repositories = new(StringComparer.Ordinal);

    /// <summary>The chart with its dependencies and how many were added, or what is wrong.</summary>
    public async Task<(Chart Chart, int Count, string? Problem)> RunAsync(Chart chart, CancellationToken cancellationToken)
    {
        var missing = Missing(chart);
        var all = new List<Chart>(chart.Dependencies);
        foreach (var dependency in missing)
        {
            var name = dependency.Alias.Length > 0 ? dependency.Alias : dependency.Name;
            var isLocal = dependency.Repository.Length == 0 || dependency.Repository.StartsWith("file://", StringComparison.Ordinal);
            var (found, problem) = isLocal ? FindLocal(dependency) : await FindRemoteAsync(dependency, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return (chart, 0, $"failed to add {(isLocal ? "local" : "remote")} dependency '{name}': {problem}");
            }

            all.Add(dependency.Alias.Length > 0 ? ChartCopy.Of(found, found.Metadata with { Name = dependency.Alias }) : found);
        }

        return (missing.Count == 0 ? chart : ChartCopy.Of(chart, dependencies: all), missing.Count, null);
    }

    private static List<ChartDependency> Missing(Chart chart)
    {
        var required = Required(chart);
        var missing = new List<ChartDependency>();
        if (required.Count == chart.Dependencies.Count)
        {
            return missing;
        }

        foreach (var dependency in required)
        {
            var name = dependency.Alias.Length > 0 ? dependency.Alias : dependency.Name;
            if (!chart.Dependencies.Any(d => d.Name == name) && !missing.Any(d => d.Name == dependency.Name && d.Alias == dependency.Alias))
            {
                missing.Add(dependency);
            }
        }

        return missing;
    }

    /// <summary>The lock decides versions when there is one; it does not tell aliases, which Flux then does not know either.</summary>
    private static List<ChartDependency> Required(Chart chart)
    {
        var required = new List<ChartDependency>();
        if (chart.Lock is { } locked)
        {
            foreach (var item in locked.GetList("dependencies") ?? [])
            {
                if (item is MapValue map)
                {
                    required.Add(new()
                    {
                        Name = map.GetString("name") ?? "",
                        Version = map["version"]?.ToString() ?? "",
                        Repository = map.GetString("repository") ?? "",
                        Alias = map.GetString("alias") ?? "",
                    });
                }
            }

            return required;
        }

        foreach (var dependency in chart.Metadata.Dependencies ?? [])
        {
            if (dependency is not null)
            {
                required.Add(dependency);
            }
        }

        return required;
    }

    private (Chart? Chart, string? Problem) FindLocal(ChartDependency dependency)
    {
        var relative = dependency.Repository.Length == 0 ? $"charts/{dependency.Name}" : dependency.Repository["file://".Length..];
        var target = FilePath.Combine(path, relative);
        if (target is null || (!tree.FileExists(target) && !tree.DirectoryExists(target)))
        {
            return (null, $"no chart found at '/{target ?? relative}' (reference '{dependency.Repository}')");
        }

        if (!VersionConstraint.TryParse(dependency.Version, out var constraint, out var error))
        {
            return (null, $"invalid version/constraint format '{dependency.Version}': {error}");
        }

        var loaded = LocalChartStep.Load(tree, target, !tree.FileExists(target));
        if (!loaded.TryGet(out var chart))
        {
            return (null, $"failed to load chart from '/{target}' (reference '{dependency.Repository}'): {loaded.Diagnostics[0].Message}");
        }

        return SemanticVersion.TryParse(chart.Metadata.Version, out var version) && constraint.Check(version)
            ? (chart, null)
            : (null, $"can't get a valid version for constraint '{dependency.Version}'");
    }

    private async Task<(Chart? Chart, string? Problem)> FindRemoteAsync(ChartDependency dependency, CancellationToken cancellationToken)
    {
        var (repository, problem) = await RepositoryAsync(dependency.Repository, cancellationToken).ConfigureAwait(false);
        if (repository is null)
        {
            return (null, problem);
        }

        RemoteChart remote;
        try
        {
            remote = await repository.FindAsync(dependency.Name, dependency.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return (null, $"failed to get chart '{dependency.Name}' version '{dependency.Version}' from '{dependency.Repository}': {e.Message}");
        }

        try
        {
            var (content, _) = await repository.DownloadAsync(remote, cancellationToken).ConfigureAwait(false);
            var loaded = ChartLoader.LoadArchive(content);
            return loaded.TryGet(out var chart)
                ? (chart, null)
                : (null, $"failed to load downloaded archive of version '{remote.Version}': {loaded.Diagnostics[0].Message}");
        }
        catch (SourceException e)
        {
            return (null, $"chart download of version '{remote.Version}' failed: {e.Message}");
        }
    }

    private async Task<(RemoteCharts? Repository, string? Problem)> RepositoryAsync(string url, CancellationToken cancellationToken)
    {
        if (url.StartsWith('@'))
        {
            return (null, $"aliased repository dependency is not supported: {url}");
        }

        var isOci = url.StartsWith(OciUrl.Scheme, StringComparison.Ordinal);
        if (!isOci && !url.StartsWith("https://", StringComparison.Ordinal) && !url.StartsWith("http://", StringComparison.Ordinal))
        {
            return (null, $"invalid dependency repository URL: {url}");
        }

        var normal = url.TrimEnd('/');
        if (_repositories.TryGetValue(normal, out var known))
        {
            return (known, null);
        }

        var repository = new HelmRepository { Spec = new() { Url = url, Type = isOci ? "oci" : null } };
        var list = await services.Client.ListAsync(HelmRepository.Kind, new ListOptions { Namespace = space }, cancellationToken).ConfigureAwait(false);
        foreach (var item in list.Items)
        {
            if (item.GetMap("spec")?.GetString("url")?.TrimEnd('/') == normal)
            {
                repository = HelmRepository.Read(item).Result!;
                break;
            }
        }

        var (access, problem) = await HelmAccess.FindAsync(services.Client, remotes.Mirrors, repository, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return (null, $"failed to get chart repository for URL '{url}': {problem}");
        }

        var charts = new RemoteCharts(remotes, repository, access, index: null);
        _repositories[normal] = charts;
        return (charts, null);
    }
}
