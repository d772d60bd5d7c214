using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Cli.Up;

/// <summary>Puts the objects that are not Ready in the order of cause and effect, by the references between them.</summary>
internal static class RootCause
{
    /// <summary>What is not Ready, causes before what waits for them; beside each the unready objects that it waits for.</summary>
    public static IReadOnlyList<(MapValue Object, IReadOnlyList<string> WaitsFor)> Order(IReadOnlyList<MapValue> objects)
    {
        var unready = objects.Where(o => !ClusterStatus.IsReady(o)).ToDictionary(Label);
        var depths = new Dictionary<string, int>();
        return [.. unready.Values
            .Select(o => (Object: o, WaitsFor: (IReadOnlyList<string>)[.. Prerequisites(o).Where(unready.ContainsKey).Distinct()]))
            .OrderBy(x => Depth(Label(x.Object), unready, depths))
            .ThenBy(x => Label(x.Object), StringComparer.Ordinal)];
    }

    /// <summary><c>Kind/namespace/name</c>.</summary>
    public static string Label(MapValue value) => value.Key().ToString();

    private static int Depth(string label, Dictionary<string, MapValue> unready, Dictionary<string, int> depths)
    {
        if (depths.TryGetValue(label, out var known))
        {
            return known;
        }

        // A circle of dependencies counts as the same depth all round.
        depths[label] = 0;
        var depth = Prerequisites(unready[label]).Where(unready.ContainsKey)
            .Select(p => Depth(p, unready, depths) + 1).DefaultIfEmpty(0).Max();
        return depths[label] = depth;
    }

    private static IEnumerable<string> Prerequisites(MapValue value)
    {
        var space = value.Namespace();
        var spec = value.GetMap("spec");
        foreach (var path in new[] { "sourceRef", "chartRef" })
        {
            if (spec?.GetMap(path) is { } source)
            {
                yield return $"{source.GetString("kind")}/{source.GetString("namespace") ?? space}/{source.GetString("name")}";
            }
        }

        if (value.GetMap("status")?.GetString("helmChart") is { } chart)
        {
            yield return $"HelmChart/{chart}";
        }

        foreach (var dependency in spec?.GetList("dependsOn")?.OfType<MapValue>() ?? [])
        {
            yield return $"{value.GetString("kind")}/{dependency.GetString("namespace") ?? space}/{dependency.GetString("name")}";
        }

        // A Kustomization that waits for its objects is unready because one of them is.
        foreach (var applied in FluxObjectsApplied(value))
        {
            yield return applied;
        }
    }

    /// <summary>The labels of the Flux objects in a Kustomization's inventory.</summary>
    public static IEnumerable<string> FluxObjectsApplied(MapValue value)
    {
        foreach (var entry in value.At("status", "inventory", "entries") is ListValue entries ? entries.OfType<MapValue>() : [])
        {
            // <namespace>_<name>_<group>_<kind>
            var parts = entry.GetString("id")?.Split('_') ?? [];
            if (parts.Length == 4 && parts[0].Length > 0 && ClusterStatus.Watches(parts[2], parts[3]))
            {
                yield return $"{parts[3]}/{parts[0]}/{parts[1]}";
            }
        }
    }
}
