using System.Collections.Concurrent;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// A chart as it was loaded: immutable, so it may be rendered from many threads at once. What a release makes of its
/// dependencies (aliases, conditions, imported values) happens on a copy.
/// </summary>
public sealed class Chart
{
    private static long _lastId;

    private ValuesSchema? _valuesSchema;

    public required ChartMetadata Metadata { get; init; }

    public string Name => Metadata.Name;

    public IReadOnlyList<ChartFile> Templates { get; init; } = [];

    /// <summary>What is neither template, values, schema nor subchart: the files that <c>.Files</c> answers, with <c>crds/</c>.</summary>
    public IReadOnlyList<ChartFile> Files { get; init; } = [];

    /// <summary>Every file as it stood in the directory or archive.</summary>
    public IReadOnlyList<ChartFile> Raw { get; init; } = [];

    /// <summary>The default values. Never change them: a renderer works on copies.</summary>
    public MapValue Values { get; init; } = new();

    /// <summary>The bytes of <c>values.schema.json</c>; <see langword="null"/> when the chart has none.</summary>
    public ChartFile? Schema { get; init; }

    /// <summary>The content of <c>Chart.lock</c> or <c>requirements.lock</c>; <see langword="null"/> when the chart has none.</summary>
    public MapValue? Lock { get; init; }

    /// <summary>The charts in <c>charts/</c>, ordered by folder name.</summary>
    public IReadOnlyList<Chart> Dependencies { get; init; } = [];

    public bool IsLibrary => string.Equals(Metadata.Type, "library", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells this chart from every other, for the caches below.</summary>
    internal long Id { get; } = Interlocked.Increment(ref _lastId);

    /// <summary>The schema made ready; <see langword="null"/> when the chart has none.</summary>
    /// <param name="remote">The schemas elsewhere that were fetched; <see langword="null"/> for none.</param>
    internal ValuesSchema? ValuesSchema(RemoteSchemas? remote)
    {
        if (Schema is null)
        {
            return null;
        }

        var known = _valuesSchema;
        if (known is null || (remote is not null && known.Missing.Count > 0 && known.Version != remote.Version))
        {
            _valuesSchema = known = Weir.Helm.ValuesSchema.Parse(Schema, remote);
        }

        return known;
    }

    /// <summary>Templates that were parsed for a release of this chart, by which subcharts stood where.</summary>
    internal ConcurrentDictionary<string, ChartTemplates> ParsedTemplates { get; } = new(StringComparer.Ordinal);

    /// <summary>The same chart under another version.</summary>
    public Chart WithVersion(string version) => new()
    {
        Metadata = Metadata with { Version = version },
        Templates = Templates,
        Files = Files,
        Raw = Raw,
        Values = Values,
        Schema = Schema,
        Lock = Lock,
        Dependencies = Dependencies,
    };

    public override string ToString() => $"{Metadata.Name}-{Metadata.Version}";
}
