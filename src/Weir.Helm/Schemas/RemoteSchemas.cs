using System.Collections.Concurrent;

namespace Weir.Helm;

/// <summary>
/// Schemas that <c>values.schema.json</c> files refer to by address. Rendering fetches nothing: whoever renders asks what a
/// chart needs, fetches it, and hands it over here. May be used from many threads; what was added once stays.
/// </summary>
public sealed class RemoteSchemas
{
    private readonly ConcurrentDictionary<string, RemoteSchema> _known = new(StringComparer.Ordinal);

    private int _version;

    /// <summary>Grows with every change.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>Gives the content of an address.</summary>
    public void Add(string address, ReadOnlyMemory<byte> content) => Set(address, new(content, null));

    /// <summary>Says why an address has no content; charts that need it fail with this reason.</summary>
    public void AddFailure(string address, string reason) => Set(address, new(default, reason));

    /// <summary>Forgets an address, so that it is asked for again.</summary>
    public void Forget(string address)
    {
        _known.TryRemove(address, out _);
        Interlocked.Increment(ref _version);
    }

    /// <summary>
    /// The addresses that the schemas of a chart and its subcharts refer to and that are not known here. Content may refer to
    /// more: add what was asked for and ask again until nothing is missing.
    /// </summary>
    public IReadOnlyList<string> Missing(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var missing = new List<string>();
        Collect(chart, missing);
        return missing;
    }

    internal static bool CanFetch(string address) =>
        address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal);

    internal RemoteSchema? Find(string address) => _known.GetValueOrDefault(address);

    private void Collect(Chart chart, List<string> missing)
    {
        foreach (var address in chart.ValuesSchema(this)?.Missing ?? [])
        {
            if (Find(address) is null && !missing.Contains(address))
            {
                missing.Add(address);
            }
        }

        foreach (var dependency in chart.Dependencies)
        {
            Collect(dependency, missing);
        }
    }

    private void Set(string address, RemoteSchema schema)
    {
        _known[address] = schema;
        Interlocked.Increment(ref _version);
    }

    /// <summary>The content of an address, or why there is none.</summary>
    internal sealed record RemoteSchema(ReadOnlyMemory<byte> Content, string? Error);
}
