using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Up;

/// <summary>A cluster that the repository describes.</summary>
/// <param name="Name">The last part of its directory.</param>
/// <param name="Path">Its directory from the fleet's root.</param>
/// <param name="BootstrapUrl">The URL that a bootstrap of Flux wrote into the repository, or <see langword="null"/>.</param>
internal sealed record ClusterPlan(string Name, string Path, string? BootstrapUrl)
{
    private const string Clusters = "clusters";

    /// <summary>The clusters of a commit: the one named, or every directory under <c>clusters/</c>.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static async Task<IReadOnlyList<ClusterPlan>> FindAsync(FleetRepository repository, string commit, string? path, CancellationToken cancellationToken)
    {
        List<string> paths;
        if (path is not null)
        {
            path = FilePath.Combine("", path) ?? throw new CommandFailure($"--path {path} leaves the repository");
            var parent = FilePath.Directory(path);
            if (!(await repository.DirectoriesAsync(commit, parent, cancellationToken)).Contains(FilePath.Name(path)))
            {
                throw new CommandFailure($"the commit {commit[..8]} has no directory {path}; is it committed?");
            }

            paths = [path];
        }
        else
        {
            paths = [.. (await repository.DirectoriesAsync(commit, Clusters, cancellationToken)).Select(name => $"{Clusters}/{name}")];
            if (paths.Count == 0)
            {
                throw new CommandFailure(
                    $"the commit {commit[..8]} has no directory under {Clusters}/; name the directory of a cluster with --path, or commit it first");
            }
        }

        var plans = new List<ClusterPlan>();
        foreach (var p in paths)
        {
            var sync = await repository.ReadAsync(commit, $"{p}/flux-system/gotk-sync.yaml", cancellationToken);
            plans.Add(new ClusterPlan(FilePath.Name(p), p, sync is null ? null : UrlOf(sync)));
        }

        return plans;
    }

    private static string? UrlOf(string sync) =>
        YamlReader.ReadStream(sync).Result?.OfType<MapValue>()
            .FirstOrDefault(o => o.GetString("kind") == "GitRepository")?.GetMap("spec")?.GetString("url");
}
