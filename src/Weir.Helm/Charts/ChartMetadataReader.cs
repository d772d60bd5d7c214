using Weir.Values;

namespace Weir.Helm;

/// <summary>Reads <c>Chart.yaml</c>, and lays <c>requirements.yaml</c> over what was read.</summary>
internal static class ChartMetadataReader
{
    /// <summary>The metadata with what the map says laid over it, and what is wrong with the map in Go's words.</summary>
    public static (ChartMetadata Metadata, string? Error) Apply(Value document, ChartMetadata metadata)
    {
        var reader = new StructReader("Metadata");
        if (document is NullValue)
        {
            return (metadata, null);
        }

        if (document is not MapValue map)
        {
            reader.Fail(document, "", "v2.Metadata");
            return (metadata, reader.Error);
        }

        var read = new ChartMetadata
        {
            Name = reader.Text(map, "name", metadata.Name),
            Home = reader.Text(map, "home", metadata.Home),
            Sources = reader.Texts(map, "sources", metadata.Sources),
            Version = reader.Text(map, "version", metadata.Version),
            Description = reader.Text(map, "description", metadata.Description),
            Keywords = reader.Texts(map, "keywords", metadata.Keywords),
            Maintainers = Maintainers(reader, map) ?? metadata.Maintainers,
            Icon = reader.Text(map, "icon", metadata.Icon),
            ApiVersion = reader.Text(map, "apiVersion", metadata.ApiVersion),
            Condition = reader.Text(map, "condition", metadata.Condition),
            Tags = reader.Text(map, "tags", metadata.Tags),
            AppVersion = reader.Text(map, "appVersion", metadata.AppVersion),
            Deprecated = reader.Flag(map, "deprecated", metadata.Deprecated),
            Annotations = reader.TextMap(map, "annotations", metadata.Annotations),
            KubeVersion = reader.Text(map, "kubeVersion", metadata.KubeVersion),
            Dependencies = Dependencies(reader, map) ?? metadata.Dependencies,
            Type = reader.Text(map, "type", metadata.Type),
        };
        return (read, reader.Error);
    }

    private static List<ChartMaintainer?>? Maintainers(StructReader reader, MapValue map)
    {
        if (reader.Items(map, "maintainers", "[]*v2.Maintainer") is not { } items)
        {
            return null;
        }

        var maintainers = new List<ChartMaintainer?>(items.Count);
        foreach (var item in items)
        {
            switch (item)
            {
                case MapValue entry:
                    maintainers.Add(new ChartMaintainer(
                        reader.Text(entry, "name", path: "maintainers"),
                        reader.Text(entry, "email", path: "maintainers"),
                        reader.Text(entry, "url", path: "maintainers")));
                    break;
                case NullValue:
                    maintainers.Add(null);
                    break;
                default:
                    reader.Fail(item, "maintainers", "v2.Maintainer");
                    break;
            }
        }

        return maintainers;
    }

    private static List<ChartDependency?>? Dependencies(StructReader reader, MapValue map)
    {
        const string path = "dependencies";
        if (reader.Items(map, path, "[]*v2.Dependency") is not { } items)
        {
            return null;
        }

        var dependencies = new List<ChartDependency?>(items.Count);
        foreach (var item in items)
        {
            switch (item)
            {
                case MapValue entry:
                    dependencies.Add(new ChartDependency
                    {
                        Name = reader.Text(entry, "name", path: path),
                        Version = reader.Text(entry, "version", path: path),
                        Repository = reader.Text(entry, "repository", path: path),
                        Condition = reader.Text(entry, "condition", path: path),
                        Tags = reader.Texts(entry, "tags", null, path),
                        Enabled = reader.Flag(entry, "enabled", false, path),
                        ImportValues = reader.Items(entry, "import-values", "[]interface {}", path),
                        Alias = reader.Text(entry, "alias", path: path),
                    });
                    break;
                case NullValue:
                    dependencies.Add(null);
                    break;
                default:
                    reader.Fail(item, path, "v2.Dependency");
                    break;
            }
        }

        return dependencies;
    }
}
