using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Charts;

/// <summary>Writes <c>Chart.yaml</c> as Helm writes it: keys in order, what is empty left out.</summary>
internal static class ChartMetadataYaml
{
    public static byte[] Write(ChartMetadata metadata)
    {
        var map = new MapValue();
        Add(map, "annotations", metadata.Annotations);
        Add(map, "apiVersion", metadata.ApiVersion);
        Add(map, "appVersion", metadata.AppVersion);
        Add(map, "condition", metadata.Condition);

        // Helm keeps the dependencies of a chart of version 1 in requirements.yaml.
        if (metadata.ApiVersion != "v1" && metadata.Dependencies is { Count: > 0 } dependencies)
        {
            map["dependencies"] = new ListValue(dependencies.Select(static d => d is null ? NullValue.Instance : (Value)Write(d)));
        }

        if (metadata.Deprecated)
        {
            map["deprecated"] = true;
        }

        Add(map, "description", metadata.Description);
        Add(map, "home", metadata.Home);
        Add(map, "icon", metadata.Icon);
        Add(map, "keywords", metadata.Keywords);
        Add(map, "kubeVersion", metadata.KubeVersion);
        if (metadata.Maintainers is { Count: > 0 } maintainers)
        {
            map["maintainers"] = new ListValue(maintainers.Select(static m => m is null ? NullValue.Instance : (Value)Write(m)));
        }

        Add(map, "name", metadata.Name);
        Add(map, "sources", metadata.Sources);
        Add(map, "tags", metadata.Tags);
        Add(map, "type", metadata.Type);
        Add(map, "version", metadata.Version);
        return YamlWriter.WriteUtf8(map);
    }

    private static MapValue Write(ChartMaintainer maintainer)
    {
        var map = new MapValue();
        Add(map, "email", maintainer.Email);
        Add(map, "name", maintainer.Name);
        Add(map, "url", maintainer.Url);
        return map;
    }

    private static MapValue Write(ChartDependency dependency)
    {
        var map = new MapValue();
        Add(map, "alias", dependency.Alias);
        Add(map, "condition", dependency.Condition);
        if (dependency.Enabled)
        {
            map["enabled"] = true;
        }

        if (dependency.ImportValues is { Count: > 0 } values)
        {
            map["import-values"] = new ListValue(values.Select(static v => v.DeepClone()));
        }

        map["name"] = dependency.Name;
        map["repository"] = dependency.Repository;
        Add(map, "tags", dependency.Tags);
        Add(map, "version", dependency.Version);
        return map;
    }

    private static void Add(MapValue map, string key, string text)
    {
        if (text.Length > 0)
        {
            map[key] = text;
        }
    }

    private static void Add(MapValue map, string key, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 })
        {
            map[key] = new ListValue(texts.Select(static t => (Value)t));
        }
    }

    private static void Add(MapValue map, string key, IReadOnlyDictionary<string, string>? texts)
    {
        if (texts is not { Count: > 0 })
        {
            return;
        }

        var entries = new MapValue(texts.Count);
        foreach (var (name, text) in texts)
        {
            entries[name] = text;
        }

        map[key] = entries;
    }
}
