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
        var kind = value.GroupVersionKind();
        AddReference(keys, spec.GetMap("sourceRef"), space);
        AddReference(keys, spec.GetMap("chartRef"), space);
        foreach (var item in spec.GetList("sources") ?? [])
        {
            AddReference(keys, item as MapValue, space);
        }

        foreach (var item in spec.GetList("dependsOn") ?? [])
        {
            if (item is MapValue dependency && dependency.GetString("name") is { } name)
            {
                keys.Add(new(kind.Group, kind.Kind, dependency.GetString("namespace") ?? space, name));
            }
        }

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
