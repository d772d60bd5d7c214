using Weir.Values;

namespace Weir.Helm;

/// <summary>A chart in the JSON form in which Helm keeps it within a release.</summary>
internal static class ChartRecord
{
    /// <param name="chart">The chart as loaded.</param>
    /// <param name="used">The chart as the release used it; <see langword="null"/> for the chart as it is.</param>
    public static MapValue Of(Chart chart, ChartInstance? used) => new(8)
    {
        ["metadata"] = Metadata(chart.Metadata, used is null ? chart.Metadata.Dependencies?.Select(d => new DependencyInstance(d!)) : used.Requirements),
        ["lock"] = (Value?)chart.Lock?.DeepClone() ?? NullValue.Instance,
        ["templates"] = Files(chart.Templates),
        ["values"] = (used?.Values ?? chart.Values).DeepClone(),
        ["schema"] = chart.Schema is { } schema ? new StringValue(Convert.ToBase64String(schema.Data.Span)) : NullValue.Instance,
        ["schemamodtime"] = Time(chart.Schema?.Modified) ?? "0001-01-01T00:00:00Z",
        ["files"] = Files(chart.Files),
    };

    public static string? Time(DateTimeOffset? time) => time is not { } t
        ? null
        : t.Offset == TimeSpan.Zero
            ? t.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture)
            : t.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Sets a key unless the value says nothing, as <c>omitempty</c> has it.</summary>
    public static void Put(MapValue map, string key, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            map[key] = text;
        }
    }

    private static MapValue Metadata(ChartMetadata metadata, IEnumerable<DependencyInstance>? dependencies)
    {
        var map = new MapValue();
        Put(map, "name", metadata.Name);
        Put(map, "home", metadata.Home);
        Put(map, "sources", metadata.Sources);
        Put(map, "version", metadata.Version);
        Put(map, "description", metadata.Description);
        Put(map, "keywords", metadata.Keywords);
        if (metadata.Maintainers is { Count: > 0 } maintainers)
        {
            map["maintainers"] = new ListValue(maintainers.Select(m => Maintainer(m!)));
        }

        Put(map, "icon", metadata.Icon);
        Put(map, "apiVersion", metadata.ApiVersion);
        Put(map, "condition", metadata.Condition);
        Put(map, "tags", metadata.Tags);
        Put(map, "appVersion", metadata.AppVersion);
        if (metadata.Deprecated)
        {
            map["deprecated"] = true;
        }

        if (metadata.Annotations is { Count: > 0 } annotations)
        {
            map["annotations"] = new MapValue(annotations.Select(a => KeyValuePair.Create<string, Value>(a.Key, a.Value)));
        }

        Put(map, "kubeVersion", metadata.KubeVersion);
        if (dependencies?.ToList() is { Count: > 0 } list)
        {
            map["dependencies"] = new ListValue(list.Select(Dependency));
        }

        Put(map, "type", metadata.Type);
        return map;
    }

    private static MapValue Maintainer(ChartMaintainer maintainer)
    {
        var map = new MapValue();
        Put(map, "name", maintainer.Name);
        Put(map, "email", maintainer.Email);
        Put(map, "url", maintainer.Url);
        return map;
    }

    private static MapValue Dependency(DependencyInstance dependency)
    {
        var map = new MapValue { ["name"] = dependency.Name };
        Put(map, "version", dependency.Written.Version);
        map["repository"] = dependency.Written.Repository;
        Put(map, "condition", dependency.Written.Condition);
        Put(map, "tags", dependency.Written.Tags);
        if (dependency.Enabled)
        {
            map["enabled"] = true;
        }

        if (dependency.ImportValues is { Count: > 0 } imports)
        {
            map["import-values"] = new ListValue(imports.Select(i => i.DeepClone()));
        }

        Put(map, "alias", dependency.Written.Alias);
        return map;
    }

    private static void Put(MapValue map, string key, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 })
        {
            map[key] = new ListValue(texts.Select(t => (Value)new StringValue(t)));
        }
    }

    private static Value Files(IReadOnlyList<ChartFile> files) => files.Count == 0 ? NullValue.Instance : new ListValue(files.Select(File));

    private static MapValue File(ChartFile file)
    {
        var map = new MapValue { ["name"] = file.Name, ["data"] = Convert.ToBase64String(file.Data.Span) };
        Put(map, "modtime", Time(file.Modified));
        return map;
    }
}
