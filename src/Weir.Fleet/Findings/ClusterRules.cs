using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Dangers between the units of a cluster: two owners of one object, dependencies that lead nowhere or in a circle.</summary>
internal static class ClusterRules
{
    public static IEnumerable<Finding> Find(BuiltCluster cluster) => Owners(cluster).Concat(Dependencies(cluster)).Concat(ReferenceRules.Find(cluster));

    private static IEnumerable<Finding> Owners(BuiltCluster cluster)
    {
        var owners = new Dictionary<ObjectKey, UnitId>();
        foreach (var unit in cluster.Units)
        {
            foreach (var value in unit.Objects)
            {
                var key = value.Key();
                if (!owners.TryAdd(key, unit.Id) && owners[key] != unit.Id)
                {
                    var other = owners[key];
                    yield return new(
                        "duplicate-owner", FindingSeverity.Error, unit.Id, key,
                        $"{key} is applied by {other.Kind}/{other.Namespace}/{other.Name} too: they overwrite each other", value.Span);
                }
            }
        }
    }

    private static IEnumerable<Finding> Dependencies(BuiltCluster cluster)
    {
        var units = cluster.Units.ToDictionary(static u => u.Id);
        foreach (var unit in cluster.Units)
        {
            foreach (var dependency in DependsOn(unit))
            {
                if (!units.ContainsKey(dependency))
                {
                    yield return new(
                        "missing-reference", FindingSeverity.Error, unit.Id, null,
                        $"it depends on {dependency.Kind} '{dependency.Namespace}/{dependency.Name}', which the cluster does not have", unit.Definition.Span);
                }
            }

            if (Circle(unit.Id, units) is { } circle && circle.Min() == unit.Id)
            {
                var path = string.Join(" -> ", circle.Append(circle[0]).Select(static i => $"{i.Namespace}/{i.Name}"));
                yield return new("dependency-cycle", FindingSeverity.Error, unit.Id, null, $"dependsOn goes in a circle: {path}", unit.Definition.Span);
            }
        }
    }

    private static IEnumerable<UnitId> DependsOn(BuiltUnit unit)
    {
        foreach (var dependency in unit.Definition.GetMap("spec")?.GetList("dependsOn")?.OfType<MapValue>() ?? [])
        {
            var space = dependency.GetString("namespace");
            yield return new(
                unit.Id.Cluster,
                dependency.GetString("kind") is { Length: > 0 } kind ? kind : unit.Id.Kind,
                string.IsNullOrEmpty(space) ? unit.Id.Namespace : space,
                dependency.GetString("name") ?? "");
        }
    }

    private static List<UnitId>? Circle(UnitId start, Dictionary<UnitId, BuiltUnit> units)
    {
        var path = new List<UnitId>();
        var seen = new HashSet<UnitId>();
        return Walk(start) ? path : null;

        bool Walk(UnitId id)
        {
            path.Add(id);
            foreach (var next in units.TryGetValue(id, out var unit) ? DependsOn(unit) : [])
            {
                if (next == start || (seen.Add(next) && Walk(next)))
                {
                    return true;
                }
            }

            path.RemoveAt(path.Count - 1);
            return false;
        }
    }
}
