using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>A cluster that the repository describes: its directory, and the source and Kustomization that everything follows from.</summary>
public sealed record ClusterRoot
{
    private const string Clusters = "clusters";
    private const string SystemName = "flux-system";

    /// <summary>The last part of the directory.</summary>
    public required string Name { get; init; }

    /// <summary>The directory from the fleet's root.</summary>
    public required string Path { get; init; }

    /// <summary>The GitRepository of the fleet itself.</summary>
    public required MapValue Source { get; init; }

    /// <summary>True when the repository does not say how the cluster reads it, so that <see cref="Source"/> is assumed.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The root Kustomization.</summary>
    public required MapValue Kustomization { get; init; }

    /// <summary>The clusters of a fleet: the directories named, or every directory under <c>clusters/</c>.</summary>
    /// <exception cref="FleetException">There is none.</exception>
    public static IReadOnlyList<ClusterRoot> Find(IFileTree tree, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(paths);
        IEnumerable<string> directories = paths;
        if (paths.Count == 0)
        {
            directories = tree.List(Clusters).Where(static e => e.IsDirectory).Select(static e => $"{Clusters}/{e.Name}");
        }

        return [.. directories.Select(p => At(tree, p)).OfType<ClusterRoot>()];
    }

    private static ClusterRoot? At(IFileTree tree, string path)
    {
        var clean = FilePath.Combine("", path);
        if (clean is null || !tree.DirectoryExists(clean))
        {
            return null;
        }

        var sync = $"{clean}/{SystemName}/gotk-sync.yaml";
        var objects = tree.TryRead(sync) is { } content
            ? YamlReader.ReadStream(GoString.FromBytes(content.Span), new YamlReadOptions { File = sync }).Result?.OfType<MapValue>().ToList() ?? []
            : [];
        var written = objects.Find(static o => o.GroupVersionKind().Kind == GitRepository.Kind.Kind);
        var source = written ?? new MapValue
        {
            ["apiVersion"] = GitRepository.Kind.ApiVersion,
            ["kind"] = GitRepository.Kind.Kind,
            ["metadata"] = new MapValue { ["name"] = SystemName, ["namespace"] = SystemName },
            ["spec"] = new MapValue { ["interval"] = "1m", ["url"] = "https://fleet.invalid/root" },
        };
        var kustomization = objects.Find(static o => o.GroupVersionKind().Kind == Flux.Kustomization.Kind.Kind) ?? new MapValue
        {
            ["apiVersion"] = Flux.Kustomization.Kind.ApiVersion,
            ["kind"] = Flux.Kustomization.Kind.Kind,
            ["metadata"] = new MapValue { ["name"] = SystemName, ["namespace"] = SystemName },
            ["spec"] = new MapValue
            {
                ["interval"] = "10m",
                ["path"] = "./" + clean,
                ["prune"] = true,
                ["sourceRef"] = new MapValue { ["kind"] = GitRepository.Kind.Kind, ["name"] = SystemName },
            },
        };
        return new() { Name = FilePath.Name(clean), Path = clean, Source = source, IsAssumed = written is null, Kustomization = kustomization };
    }
}
