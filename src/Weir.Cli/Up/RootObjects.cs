using Weir.Values;

namespace Weir.Cli.Up;

/// <summary>The objects that <c>weir up</c> itself puts into a cluster: what <c>flux bootstrap</c> would, and nothing else.</summary>
internal static class RootObjects
{
    public const string Namespace = "flux-system";

    public const string Name = "flux-system";

    public static MapValue NamespaceObject() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new MapValue { ["name"] = Namespace },
    };

    public static MapValue Source(string url, string branch) => new()
    {
        ["apiVersion"] = "source.toolkit.fluxcd.io/v1",
        ["kind"] = "GitRepository",
        ["metadata"] = new MapValue { ["name"] = Name, ["namespace"] = Namespace },
        ["spec"] = new MapValue
        {
            ["interval"] = "1m0s",
            ["ref"] = new MapValue { ["branch"] = branch },
            ["url"] = url,
        },
    };

    public static MapValue Kustomization(string path) => new()
    {
        ["apiVersion"] = "kustomize.toolkit.fluxcd.io/v1",
        ["kind"] = "Kustomization",
        ["metadata"] = new MapValue { ["name"] = Name, ["namespace"] = Namespace },
        ["spec"] = new MapValue
        {
            ["interval"] = "10m0s",
            ["path"] = path,
            ["prune"] = true,
            ["sourceRef"] = new MapValue { ["kind"] = "GitRepository", ["name"] = Name },
        },
    };
}
