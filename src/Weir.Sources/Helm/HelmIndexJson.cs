using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Helm;

/// <summary>
/// A Helm repository's index in the form that Flux's source-controller stores: JSON with the fields and the order of Helm's
/// types, versions from the highest down, entries that are no charts left out.
/// </summary>
public static partial class HelmIndexJson
{
    private const string ZeroTime = "0001-01-01T00:00:00Z";

    private static readonly string[] RootFields = ["serverInfo", "apiVersion", "generated", "entries", "publicKeys", "annotations"];

    private static readonly (string Name, Shape Shape)[] EntryFields =
    [
        ("name", Shape.Text), ("home", Shape.Text), ("sources", Shape.Texts), ("version", Shape.Text), ("description", Shape.Text),
        ("keywords", Shape.Texts), ("maintainers", Shape.Maintainers), ("icon", Shape.Text), ("apiVersion", Shape.Text),
        ("condition", Shape.Text), ("tags", Shape.Text), ("appVersion", Shape.Text), ("deprecated", Shape.Flag),
        ("annotations", Shape.TextMap), ("kubeVersion", Shape.Text), ("dependencies", Shape.Dependencies), ("type", Shape.Text),
        ("urls", Shape.Urls), ("created", Shape.Time), ("removed", Shape.Flag), ("digest", Shape.Text), ("checksum", Shape.Text),
        ("engine", Shape.Text), ("tillerVersion", Shape.Text), ("url", Shape.Text),
    ];

    private static readonly (string Name, Shape Shape)[] MaintainerFields = [("name", Shape.Text), ("email", Shape.Text), ("url", Shape.Text)];

    private static readonly (string Name, Shape Shape)[] DependencyFields =
    [
        ("name", Shape.WrittenText), ("version", Shape.Text), ("repository", Shape.WrittenText), ("condition", Shape.Text),
        ("tags", Shape.Texts), ("enabled", Shape.Flag), ("import-values", Shape.Any), ("alias", Shape.Text),
    ];

    private enum Shape
    {
        Text,
        WrittenText,
        Texts,
        TextMap,
        Flag,
        Time,
        Urls,
        Maintainers,
        Dependencies,
        Any,
    }

    /// <summary>The index as Flux stores it.</summary>
    /// <exception cref="SourceException">It is no index.</exception>
    public static byte[] Write(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw Damaged("empty index.yaml file");
        }

        var isJson = content.TrimStart(" \r\n\t"u8) is [(byte)'{', ..];
        var parsed = isJson ? JsonReader.Read(content) : YamlReader.Read(content);
        if (YamlReader.GoError(parsed.Diagnostics) is { } error)
        {
            throw Damaged(error);
        }

        if (parsed.Result is not MapValue root || string.IsNullOrEmpty(root.GetString("apiVersion")))
        {
            throw Damaged("no API version specified");
        }

        var index = new MapValue();
        CheckFields(root, RootFields, isJson);
        if (root.GetMap("serverInfo") is { Count: > 0 } server)
        {
            index["serverInfo"] = server;
        }

        index["apiVersion"] = root.GetString("apiVersion")!;
        index["generated"] = Time(root["generated"]);
        index["entries"] = Entries(root.GetMap("entries"), isJson);
        if (root.GetList("publicKeys") is { Count: > 0 } keys)
        {
            index["publicKeys"] = keys;
        }

        if (root.GetMap("annotations") is { Count: > 0 } annotations)
        {
            index["annotations"] = Sorted(annotations);
        }

        return JsonWriter.WriteUtf8(index, new() { KeepOrder = true, Indent = "  " });
    }

    private static Value Entries(MapValue? written, bool isJson)
    {
        if (written is null)
        {
            return NullValue.Instance;
        }

        var entries = new MapValue(written.Count);
        foreach (var (name, value) in written.OrderBy(static e => e.Key, GoString.Comparer))
        {
            var versions = new List<(SemanticVersion Version, MapValue Entry)>();
            foreach (var item in value as ListValue ?? [])
            {
                if (item is not MapValue map)
                {
                    continue;
                }

                CheckFields(map, EntryNames, isJson);
                var entry = Project(map, EntryFields);
                if (!entry.ContainsKey("apiVersion"))
                {
                    entry = WithVersion1(map);
                }

                // What Helm's validation refuses is left out: a chart needs a name and a semantic version.
                if (!string.IsNullOrEmpty(entry.GetString("name")) && SemanticVersion.TryParse(entry.GetString("version") ?? "", out var version))
                {
                    versions.Add((version, entry));
                }
            }

            entries[name] = new ListValue(versions.OrderByDescending(static v => v.Version).Select(static v => (Value)v.Entry));
        }

        return entries;
    }

    private static string[] EntryNames { get; } = [.. EntryFields.Select(static f => f.Name)];

    private static MapValue WithVersion1(MapValue map)
    {
        var copy = map.ShallowClone();
        copy["apiVersion"] = "v1";
        return Project(copy, EntryFields);
    }

    /// <summary>Helm reads YAML strictly; JSON may hold more.</summary>
    private static void CheckFields(MapValue map, string[] known, bool isJson)
    {
        if (isJson)
        {
            return;
        }

        foreach (var key in map.Keys)
        {
            if (Array.IndexOf(known, key) < 0 && !known.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw Damaged($"error unmarshaling JSON: while decoding JSON: json: unknown field {GoQuote.Quote(key)}");
            }
        }
    }

    private static MapValue Project(MapValue map, (string Name, Shape Shape)[] fields)
    {
        var result = new MapValue();
        foreach (var (name, shape) in fields)
        {
            if (Read(map[name], shape) is { } value)
            {
                result[name] = value;
            }
        }

        return result;
    }

    private static Value? Read(Value? value, Shape shape)
    {
        var isAbsent = value is null or NullValue;
        return shape switch
        {
            Shape.Text => Text(value) is { Length: > 0 } text ? (Value)text : null,
            Shape.WrittenText => Text(value),
            Shape.Flag => value is BoolValue { Value: true } ? value : null,
            Shape.Time => Time(value),
            Shape.Urls => value is ListValue urls ? Texts(urls) : NullValue.Instance,
            Shape.Texts => value is ListValue { Count: > 0 } texts ? Texts(texts) : null,
            Shape.TextMap => value is MapValue { Count: > 0 } map ? Sorted(map) : null,
            Shape.Maintainers => value is ListValue { Count: > 0 } people ? Objects(people, MaintainerFields) : null,
            Shape.Dependencies => value is ListValue { Count: > 0 } charts ? Objects(charts, DependencyFields) : null,
            _ => isAbsent || value is ListValue { Count: 0 } ? null : value,
        };
    }

    private static string Text(Value? value) => value is null or NullValue ? "" : value.ToString() ?? "";

    private static ListValue Texts(ListValue list) => new(list.Select(static item => (Value)Text(item)));

    private static ListValue Objects(ListValue list, (string Name, Shape Shape)[] fields) =>
        new(list.Select(item => item is MapValue map ? Project(map, fields) : (Value)NullValue.Instance));

    private static MapValue Sorted(MapValue map)
    {
        var sorted = new MapValue(map.Count);
        foreach (var (key, value) in map.OrderBy(static e => e.Key, GoString.Comparer))
        {
            sorted[key] = Text(value);
        }

        return sorted;
    }

    /// <summary>A time as Go writes it again: no zeros at the end of a fraction, UTC as Z.</summary>
    private static string Time(Value? value)
    {
        if (value is null or NullValue)
        {
            return ZeroTime;
        }

        var text = value.ToString() ?? "";
        var match = TimePattern().Match(text);
        if (!match.Success || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            throw Damaged($"parsing time {GoQuote.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse {GoQuote.Quote(text)} as \"2006\"");
        }

        var fraction = match.Groups["fraction"].Value;
        if (fraction.Length > 10)
        {
            fraction = fraction[..10];
        }

        fraction = fraction.TrimEnd('0').TrimEnd('.');
        var zone = match.Groups["zone"].Value;
        return $"{match.Groups["time"].Value}{fraction}{(zone == "+00:00" ? "Z" : zone)}";
    }

    [GeneratedRegex(@"^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?<fraction>\.\d+)?(?<zone>Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    private static SourceException Damaged(string message) => new($"failed to load index: {message}", SourceFailure.Damaged);
}
