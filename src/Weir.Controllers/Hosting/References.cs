using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>What objects refer to, by the fields of each kind.</summary>
internal static class References
{
    public static List<ObjectKey> Of(MapValue value)
    {
        var keys = new List<ObjectKey>();
        var space = value.Namespace();
        var spec = value.GetMap("spec") ?? [];
        AddReference(keys, spec.GetMap("sourceRef"), space);
        AddReference(keys, spec.GetMap("chartRef"), space);
        foreach (var item in spec.GetList("sources") ?? [])
        {
            AddReference(keys, item as MapValue, space);
        }

        keys.AddRange(Dependencies(value));

        foreach (var item in spec.GetMap("postBuild")?.GetList("substituteFrom") ?? [])
        {
            AddConfig(keys, item as MapValue, space);
        }

        foreach (var item in spec.GetList("valuesFrom") ?? [])
        {
            AddConfig(keys, item as MapValue, space);
        }

        AddSecret(keys, spec.GetMap("decryption")?.GetMap("secretRef"), space);
        AddSecret(keys, spec.GetMap("kubeConfig")?.GetMap("secretRef"), space);
        if (spec.GetMap("chart")?.GetMap("spec")?.GetMap("sourceRef") is { } source)
        {
            var chartSpace = source.GetString("namespace") ?? space;
            keys.Add(new(HelmChart.Kind.Group, "HelmChart", chartSpace, $"{space}-{value.Name()}"));
        }

        return keys;
    }

    /// <summary>What the object says in <c>dependsOn</c>.</summary>
    public static IEnumerable<ObjectKey> Dependencies(MapValue value)
    {
        var own = value.GroupVersionKind();
        foreach (var item in value.GetMap("spec")?.GetList("dependsOn") ?? [])
        {
            if (item is MapValue dependency && dependency.GetString("name") is { } name)
            {
                var kind = new DependencyReference { Kind = dependency.GetString("kind") }.KindIn(own);
                yield return new(kind.Group, kind.Kind, dependency.GetString("namespace") ?? value.Namespace(), name);
            }
        }
    }

    private static void AddReference(List<ObjectKey> keys, MapValue? reference, string space)
    {
        if (reference?.GetString("name") is { } name)
        {
            keys.Add(new(GitRepository.Kind.Group, reference.GetString("kind") ?? "", reference.GetString("namespace") ?? space, name));
        }
    }

    private static void AddConfig(List<ObjectKey> keys, MapValue? reference, string space)
    {
        if (reference?.GetString("name") is { } name)
        {
            keys.Add(new("", reference.GetString("kind") ?? "", space, name));
        }
    }

    private static void AddSecret(List<ObjectKey> keys, MapValue? reference, string space)
    {
        if (reference?.GetString("name") is { } name)
        {
            keys.Add(new("", "Secret", space, name));
        }
    }
}
