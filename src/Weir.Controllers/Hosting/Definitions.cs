using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>What the controllers read of CustomResourceDefinitions: which kind came.</summary>
internal static class Definitions
{
    public static GroupVersionKind Kind { get; } = new("apiextensions.k8s.io", "v1", "CustomResourceDefinition");

    /// <summary>Drops the schemas, which are most of a definition.</summary>
    public static void Trim(MapValue value)
    {
        if (value.GroupVersionKind() != Kind)
        {
            return;
        }

        foreach (var version in value.GetMap("spec")?.GetList("versions") ?? [])
        {
            (version as MapValue)?.Remove("schema");
        }
    }

    /// <summary>The definition is established and was not before.</summary>
    public static bool HasCome(InformerEvent change) =>
        change.New is { } now && IsEstablished(now) && (change.Old is not { } old || !IsEstablished(old));

    public static string DefinedKind(MapValue value) => value.GetMap("spec")?.GetMap("names")?.GetString("kind") ?? "";

    private static bool IsEstablished(MapValue value)
    {
        foreach (var item in value.GetMap("status")?.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == "Established")
            {
                return condition.GetString("status") == "True";
            }
        }

        return false;
    }
}
