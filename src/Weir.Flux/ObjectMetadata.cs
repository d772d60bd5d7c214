using System.Globalization;
using Weir.Values;

namespace Weir.Flux;

/// <summary>The part of an object's metadata that Flux's behaviour depends on. Absent texts are empty.</summary>
public sealed record ObjectMetadata
{
    public string Name { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Uid { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    public long Generation { get; init; }

    public FieldMap<string> Labels { get; init; } = FieldMap<string>.Empty;

    public FieldMap<string> Annotations { get; init; } = FieldMap<string>.Empty;

    public FieldList<string> Finalizers { get; init; } = FieldList<string>.Empty;

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public bool IsBeingDeleted => DeletionTimestamp is not null;

    public static ObjectMetadata Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var metadata = value.GetMap("metadata");
        if (metadata is null)
        {
            return new();
        }

        return new()
        {
            Name = metadata.GetString("name") ?? "",
            Namespace = metadata.GetString("namespace") ?? "",
            Uid = metadata.GetString("uid") ?? "",
            ResourceVersion = metadata.GetString("resourceVersion") ?? "",
            Generation = metadata.GetInt("generation") ?? 0,
            Labels = Strings(metadata.GetMap("labels")),
            Annotations = Strings(metadata.GetMap("annotations")),
            Finalizers = List(metadata.GetList("finalizers")),
            DeletionTimestamp = metadata.GetString("deletionTimestamp") is { } text
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
        };
    }

    internal MapValue Write()
    {
        var writer = new FieldWriter()
            .Add("name", Name)
            .Add("namespace", Namespace.Length == 0 ? null : Namespace)
            .Add("labels", Labels.Count == 0 ? null : Labels)
            .Add("annotations", Annotations.Count == 0 ? null : Annotations)
            .Add("finalizers", Finalizers.Count == 0 ? null : Finalizers);
        return writer.Map;
    }

    private static FieldMap<string> Strings(MapValue? map)
    {
        if (map is null)
        {
            return FieldMap<string>.Empty;
        }

        var entries = new List<KeyValuePair<string, string>>(map.Count);
        foreach (var (key, value) in map)
        {
            if (value is StringValue text)
            {
                entries.Add(new(key, text.Value));
            }
        }

        return new(entries);
    }

    private static FieldList<string> List(ListValue? list)
    {
        var strings = new List<string>();
        foreach (var item in list ?? [])
        {
            if (item is StringValue text)
            {
                strings.Add(text.Value);
            }
        }

        return [.. strings];
    }
}
