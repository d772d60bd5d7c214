using System.Globalization;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Helm;

/// <summary>A Helm repository's <c>index.yaml</c>, with the lookups of Flux's source-controller.</summary>
public sealed class HelmIndex
{
    private readonly Dictionary<string, List<HelmIndexEntry>> _entries = new(StringComparer.Ordinal);

    private HelmIndex()
    {
    }

    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>An index of these versions.</summary>
    public static HelmIndex Of(IEnumerable<HelmIndexEntry> entries)
    {
        var index = new HelmIndex();
        foreach (var entry in entries)
        {
            index.Add(entry);
        }

        return index;
    }

    /// <summary>Reads YAML or JSON. Entries that are no charts are left out, as Helm does.</summary>
    /// <exception cref="SourceException">It is no index.</exception>
    public static HelmIndex Read(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw Damaged("empty index.yaml file");
        }

        var parsed = content.TrimStart(" \r\n\t"u8) is [(byte)'{', ..] ? JsonReader.Read(content) : YamlReader.Read(content);
        if (YamlReader.GoError(parsed.Diagnostics) is { } error)
        {
            throw Damaged(error);
        }

        if (parsed.Result is not MapValue root || string.IsNullOrEmpty(root.GetString("apiVersion")))
        {
            throw Damaged("no API version specified");
        }

        var index = new HelmIndex();
        foreach (var (name, versions) in root.GetMap("entries") ?? [])
        {
            index._entries[name] = [];
            foreach (var item in versions as ListValue ?? [])
            {
                if (item is MapValue map && ReadEntry(map) is { } entry)
                {
                    index._entries[name].Add(entry);
                }
            }
        }

        return index;
    }

    /// <summary>The versions of a chart, in the order of the index; empty when there is no such chart.</summary>
    public IReadOnlyList<HelmIndexEntry> Versions(string name) => _entries.GetValueOrDefault(name) ?? [];

    /// <summary>The version written exactly so, else the highest in the range; among equal ones the latest.</summary>
    /// <exception cref="SourceException">There is none, or the range is none.</exception>
    public HelmIndexEntry Find(string name, string version)
    {
        if (!_entries.TryGetValue(name, out var versions))
        {
            throw new SourceException("no chart name found", SourceFailure.NotFound);
        }

        if (versions.Count == 0)
        {
            throw new SourceException("no chart version found", SourceFailure.NotFound);
        }

        if (version.Length > 0 && versions.Find(v => v.Version == version) is { } exact)
        {
            return exact;
        }

        var range = version.Length == 0 ? "*" : version;
        if (!VersionConstraint.TryParse(range, out var constraint, out var error))
        {
            throw new SourceException(error ?? $"improper constraint: {range}", SourceFailure.InvalidRequest);
        }

        (SemanticVersion Version, HelmIndexEntry Entry)? best = null;
        foreach (var entry in versions)
        {
            if (SemanticVersion.TryParse(entry.Version, out var candidate) && constraint.Check(candidate)
                && (best is not { } b || IsBetter(candidate, entry, b.Version, b.Entry)))
            {
                best = (candidate, entry);
            }
        }

        return best?.Entry ?? throw new SourceException($"no '{name}' chart with version matching '{version}' found", SourceFailure.NotFound);
    }

    private static bool IsBetter(SemanticVersion version, HelmIndexEntry entry, SemanticVersion best, HelmIndexEntry bestEntry) =>
        version.CompareTo(best) switch
        {
            > 0 => true,
            0 => entry.Created > bestEntry.Created,
            _ => false,
        };

    private static HelmIndexEntry? ReadEntry(MapValue map)
    {
        var (name, version) = (map.GetString("name"), Text(map["version"]));
        if (string.IsNullOrEmpty(name) || !SemanticVersion.TryParse(version, out _))
        {
            return null;
        }

        var urls = new List<string>();
        foreach (var url in map.GetList("urls") ?? [])
        {
            urls.Add(Text(url));
        }

        return new HelmIndexEntry
        {
            Name = name,
            Version = version,
            AppVersion = Text(map["appVersion"]),
            Created = DateTimeOffset.TryParse(map.GetString("created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : default,
            Digest = map.GetString("digest") ?? "",
            Urls = urls,
        };
    }

    private static string Text(Value? value) => value is null or NullValue ? "" : value.ToString() ?? "";

    private static SourceException Damaged(string message) => new($"failed to load index: {message}", SourceFailure.Damaged);

    private void Add(HelmIndexEntry entry)
    {
        if (!_entries.TryGetValue(entry.Name, out var versions))
        {
            _entries[entry.Name] = versions = [];
        }

        versions.Add(entry);
    }
}
