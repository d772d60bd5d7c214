using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Managing;

/// <summary>What an object applied, as a tree: its inventory, and the inventories of the Kustomizations and HelmReleases in it.</summary>
internal sealed record InventoryTree(string Name, List<InventoryTree> Children)
{
    private const int Deepest = 32;

    /// <summary>Reads the tree of a Kustomization or a HelmRelease.</summary>
    public static async Task<InventoryTree> ReadAsync(
        KubernetesClient client, MapValue value, bool isCompact, CancellationToken cancellationToken, int depth = 0)
    {
        var children = new List<InventoryTree>();
        foreach (var item in value.GetMap("status")?.GetMap("inventory")?.GetList("entries") ?? [])
        {
            if (item is not MapValue entry || entry.GetString("id") is not { } id || Parse(id) is not { } key)
            {
                continue;
            }

            var isApplier = (key.Group == Kustomization.Kind.Group && key.Kind == "Kustomization") || (key.Group == HelmRelease.Kind.Group && key.Kind == "HelmRelease");
            if (isApplier && depth < Deepest
                && await FindAsync(client, new(key.Group, entry.GetString("v") ?? "", key.Kind), key, cancellationToken) is { } nested)
            {
                children.Add(await ReadAsync(client, nested, isCompact, cancellationToken, depth + 1));
            }
            else if (!isCompact)
            {
                children.Add(new(Describe(key.Kind, key.Namespace, key.Name), []));
            }
        }

        return new(Describe(value.GetString("kind") ?? "", value.Namespace(), value.Name()), children);
    }

    public void Print(TextWriter output)
    {
        output.WriteLine(Name);
        PrintChildren(output, "");
    }

    private void PrintChildren(TextWriter output, string indent)
    {
        for (var i = 0; i < Children.Count; i++)
        {
            var isLast = i == Children.Count - 1;
            output.WriteLine($"{indent}{(isLast ? "└── " : "├── ")}{Children[i].Name}");
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

    private static string Describe(string kind, string space, string name) => space.Length == 0 ? $"{kind}/{name}" : $"{kind}/{space}/{name}";
}
