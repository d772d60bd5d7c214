using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers;

/// <summary>Reads the objects of a manifest and finds out where they live.</summary>
internal static class ReleaseObjects
{
    /// <summary>The objects in install order. Throws <see cref="HelmActionException"/> when the cluster lacks a kind.</summary>
    public static async Task<List<ReleaseObject>> ReadAsync(KubernetesClient client, string manifest, string space, CancellationToken cancellationToken)
    {
        var objects = new List<ReleaseObject>();
        foreach (var value in Parse(manifest))
        {
            try
            {
                var resource = await client.Mapper.GetAsync(Weir.Kubernetes.ObjectExtensions.GroupVersionKind(value), cancellationToken).ConfigureAwait(false);
                objects.Add(Place(value, resource.IsNamespaced, space));
            }
            catch (KindNotServedException e)
            {
                var name = Weir.Kubernetes.ObjectExtensions.Name(value);
                throw new HelmActionException(
                    $"resource mapping not found for name: \"{name}\" namespace: \"{Weir.Kubernetes.ObjectExtensions.Namespace(value)}\" from \"\": {e.Message}\nensure CRDs are installed first",
                    e);
            }
        }

        return [.. KindOrder.ForInstall(objects, static o => o.Kind.Kind)];
    }

    /// <summary>The objects of a manifest, lists taken apart, in the order they are written.</summary>
    public static IEnumerable<MapValue> Parse(string manifest)
    {
        foreach (var document in YamlReader.ReadStream(manifest).Result ?? [])
        {
            if (document is not MapValue map || map.Count == 0)
            {
                continue;
            }

            if ((map.GetString("kind") ?? "").EndsWith("List", StringComparison.Ordinal) && map.GetList("items") is { } items)
            {
                foreach (var item in items)
                {
                    if (item is MapValue nested)
                    {
                        yield return nested;
                    }
                }
            }
            else
            {
                yield return map;
            }
        }
    }

    /// <summary>Marks objects as Helm's and this release's.</summary>
    public static void AddOwnership(IEnumerable<ReleaseObject> objects, string release, string space)
    {
        foreach (var item in objects)
        {
            var metadata = item.Value.GetOrAddMap("metadata");
            metadata.GetOrAddMap("labels")["app.kubernetes.io/managed-by"] = "Helm";
            var annotations = metadata.GetOrAddMap("annotations");
            annotations["meta.helm.sh/release-name"] = release;
            annotations["meta.helm.sh/release-namespace"] = space;
        }
    }

    /// <summary>The object with the namespace it goes to.</summary>
    public static ReleaseObject Place(MapValue value, bool isNamespaced, string space)
    {
        if (isNamespaced && Weir.Kubernetes.ObjectExtensions.Namespace(value).Length == 0)
        {
            value.GetOrAddMap("metadata")["namespace"] = space;
        }

        return new(value, isNamespaced);
    }
}
