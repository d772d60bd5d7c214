using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>Events in the words of the two groups that show them.</summary>
internal static class EventConversion
{
    private static readonly (string Core, string Events)[] Fields =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"), ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
    ];

    public static MapValue ToEvents(MapValue value) => Rename(value, static f => (f.Core, f.Events));

    public static MapValue ToCore(MapValue value) => Rename(value, static f => (f.Events, f.Core));

    private static MapValue Rename(MapValue value, Func<(string Core, string Events), (string From, string To)> direction)
    {
        foreach (var field in Fields)
        {
            var (from, to) = direction(field);
            if (value.TryGetValue(from, out var item))
            {
                value.Remove(from);
                value[to] = item;
            }
        }

        return value;
    }
}
