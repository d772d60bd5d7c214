using System.Collections.Concurrent;
using Weir.Helm;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Loaded charts by the digest of their artifact: a hundred releases of one chart load it once.</summary>
internal sealed class ChartCache
{
    private const int MostCharts = 64;

    private readonly ConcurrentDictionary<string, Parsed<Chart>> _charts = new(StringComparer.Ordinal);

    public Parsed<Chart> Load(string digest, byte[] archive)
    {
        if (_charts.Count > MostCharts)
        {
            _charts.Clear();
        }

        return _charts.GetOrAdd(digest, _ => ChartLoader.LoadArchive(archive));
    }

    public Parsed<Chart>? Find(string digest) => _charts.GetValueOrDefault(digest);
}
