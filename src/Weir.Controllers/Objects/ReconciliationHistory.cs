using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The last results of a Kustomization: one entry a digest and status, newest first, at most five.</summary>
internal static class ReconciliationHistory
{
    private const int Longest = 5;

    public static void Add(MapValue status, string digest, string outcome, DateTimeOffset now, TimeSpan duration, MapValue metadata)
    {
        if (status.GetList("history") is not { } history)
        {
            history = [];
            status["history"] = history;
        }

        MapValue? known = null;
        for (var i = 0; i < history.Count; i++)
        {
            if (history[i] is MapValue map && map.GetString("digest") == digest && map.GetString("lastReconciledStatus") == outcome)
            {
                known = map;
                history.RemoveAt(i);
                break;
            }
        }

        var time = FluxTime.Write(now);
        history.Insert(0, new MapValue
        {
            ["digest"] = digest,
            ["firstReconciled"] = known?.GetString("firstReconciled") ?? time,
            ["lastReconciled"] = time,
            ["lastReconciledDuration"] = new FluxDuration(duration).ToString(),
            ["lastReconciledStatus"] = outcome,
            ["metadata"] = metadata,
            ["totalReconciliations"] = (known?.GetInt("totalReconciliations") ?? 0) + 1,
        });
        while (history.Count > Longest)
        {
            history.RemoveAt(history.Count - 1);
        }
    }
}
