using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Managing;

/// <summary>What an object applied, as a tree: its inventory, and the inventories of the Kustomizations and HelmReleases in it.</summary>
internal sealed record InventoryTree(ObjectKey Key, List<InventoryTree> Children)
{
    private const int Deepest = 32;

    /// <summary>Reads the tree of a Kustomization, a HelmRelease or an ArtifactGenerator.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="value">The object at the root.</param>
    /// <param name="isCompact">Only objects of Flux.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="depth">How far below the first root this is.</param>
    public static async Task<InventoryTree> ReadAsync(
        KubernetesClient client, MapValue value, bool isCompact, CancellationToken cancellationToken, int depth = 0)
    {
        var children = new List<InventoryTree>();
        var isRemote = value.GetMap("spec")?.GetMap("kubeConfig") is not null;
        foreach (var (key, version) in Entries(value))
        {
            if ((isCompact && !key.Group.Contains("toolkit.fluxcd.io", StringComparison.Ordinal)) || key == value.Key())
            {
                continue;
            }

            var isApplier = (key.Group == Kustomization.Kind.Group && key.Kind == "Kustomization") || (key.Group == HelmRelease.Kind.Group && key.Kind == "HelmRelease");
            children.Add(isApplier && !isRemote && depth < Deepest && await FindAsync(client, new(key.Group, version, key.Kind), key, cancellationToken) is { } nested
                ? await ReadAsync(client, nested, isCompact, cancellationToken, depth + 1)
                : new(key, []));
        }

        return new(value.Key(), children);
    }

    public void Print(TextWriter output)
    {
        output.WriteLine(Describe(Key));
        PrintChildren(output, "");
    }

    /// <summary>The tree with the field names of flux.</summary>
    public MapValue ToValue()
    {
        var value = new MapValue
        {
            ["resource"] = new MapValue
            {
                ["Namespace"] = Key.Namespace,
                ["Name"] = Key.Name,
                ["GroupKind"] = new MapValue { ["Group"] = Key.Group, ["Kind"] = Key.Kind },
            },
        };
        if (Children.Count > 0)
        {
            value["resources"] = new ListValue(Children.Select(static c => c.ToValue()));
        }

        return value;
    }

    private static IEnumerable<(ObjectKey Key, string Version)> Entries(MapValue value)
    {
        var status = value.GetMap("status");
        foreach (var item in status?.GetMap("inventory")?.GetList("entries") ?? [])
        {
            if (item is MapValue entry && entry.GetString("id") is { } id && Parse(id) is { } key)
            {
                yield return (key, entry.GetString("v") ?? "");
            }
        }

        // A generator lists its artifacts by name.
        foreach (var item in status?.GetList("inventory") ?? [])
        {
            if (item is MapValue entry && entry.GetString("name") is { } name)
            {
                yield return (new(ExternalArtifact.Kind.Group, ExternalArtifact.Kind.Kind, entry.GetString("namespace") ?? value.Namespace(), name), ExternalArtifact.Kind.Version);
            }
        }
    }

    private void PrintChildren(TextWriter output, string indent)
    {
        for (var i = 0; i < Children.Count; i++)
        {
            var isLast = i == Children.Count - 1;
            output.WriteLine($"{indent}{(isLast ? "└── " : "├── ")}{Describe(Children[i].Key)}");
            Children[i].PrintChildren(output, indent + (isLast ? "    " : "│   "));
        }
    }

    private static async Task<MapValue?> FindAsync(KubernetesClient client, GroupVersionKind kind, ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindAsync(kind, key.Namespace, key.Name, cancellationToken);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            return null;
        }
    }

    // NAMESPACE_NAME_GROUP_KIND; a colon in a name is written as two underscores.
    private static ObjectKey? Parse(string id)
    {
        var kind = id.LastIndexOf('_');
        var group = kind <= 0 ? -1 : id.LastIndexOf('_', kind - 1);
        var space = id.IndexOf('_', StringComparison.Ordinal);
        return group <= space
            ? null
            : new(id[(group + 1)..kind], id[(kind + 1)..], id[..space], id[(space + 1)..group].Replace("__", ":", StringComparison.Ordinal));
    }

    private static string Describe(ObjectKey key) => key.Namespace.Length == 0 ? $"{key.Kind}/{key.Name}" : $"{key.Kind}/{key.Namespace}/{key.Name}";
}
