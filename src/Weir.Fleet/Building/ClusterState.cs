using System.Collections.Concurrent;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>The objects of a cluster that are known so far and that others refer to.</summary>
internal sealed class ClusterState
{
    private readonly ConcurrentDictionary<ObjectKey, MapValue> _objects = new();

    public void Add(MapValue value) => _objects[value.Key()] = value;

    public MapValue? Find(ObjectKey key) => _objects.GetValueOrDefault(key);

    /// <summary>The ArtifactGenerators of a namespace, by name.</summary>
    public IEnumerable<MapValue> Generators(string space) => _objects
        .Where(o => o.Key.Kind == "ArtifactGenerator" && o.Key.Namespace == space)
        .OrderBy(static o => o.Key.Name, StringComparer.Ordinal)
        .Select(static o => o.Value);

    /// <summary>The source that a reference names.</summary>
    public static ObjectKey SourceKey(MapValue reference, string space)
    {
        var own = reference.GetString("namespace");
        return new("source.toolkit.fluxcd.io", reference.GetString("kind") ?? "", string.IsNullOrEmpty(own) ? space : own, reference.GetString("name") ?? "");
    }

    /// <summary>The texts of a ConfigMap or the decoded ones of a Secret, or <see langword="null"/> when there is none.</summary>
    /// <exception cref="FormatException">A Secret's data is no Base64.</exception>
    public IReadOnlyDictionary<string, string>? Data(string kind, string space, string name)
    {
        if (Find(new("", kind, space, name)) is not { } value)
        {
            return null;
        }

        if (kind != "Secret")
        {
            return ObjectData.OfConfigMap(value);
        }

        // A server folds stringData into data when the Secret is written.
        var data = ObjectData.OfSecret(value);
        foreach (var (key, text) in value.GetMap("stringData") ?? [])
        {
            if (text is StringValue written)
            {
                data[key] = written.Value;
            }
        }

        return data;
    }
}
