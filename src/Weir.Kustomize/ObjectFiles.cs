using Weir.Kustomize.Merging;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize;

/// <summary>The names under which <c>kustomize build --output DIRECTORY</c> writes objects, one file each.</summary>
public static class ObjectFiles
{
    /// <summary>
    /// Every object with its file name: version, kind and name; the namespace comes first when there are several.
    /// </summary>
    public static IReadOnlyList<(string Name, MapValue Object)> NameAll(IReadOnlyList<MapValue> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var schema = new OpenApiSchema();
        var resources = objects.Select(o => new Resource(o, schema)).ToList();
        var namespaces = resources.Where(r => !r.IsClusterScoped).Select(r => r.CurrentId.EffectiveNamespace).Distinct().Count();
        return [.. resources.Select(r => (Name(r, namespaces > 1), r.Object))];
    }

    private static string Name(Resource resource, bool withNamespace)
    {
        var kind = resource.Gvk;
        var parts = new[] { kind.Group, kind.Version, kind.Kind }.Where(p => p.Length > 0);
        var name = $"{string.Join('_', parts)}_{resource.Name}.yaml";
        var prefix = withNamespace && !resource.IsClusterScoped ? resource.CurrentId.EffectiveNamespace + "_" : "";
        return (prefix + name).ToLowerInvariant().Replace('/', '_');
    }
}
