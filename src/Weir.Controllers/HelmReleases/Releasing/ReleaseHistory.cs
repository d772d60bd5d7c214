using Weir.Helm;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The snapshots of a status, newest first.</summary>
internal sealed class ReleaseHistory(MapValue status)
{
    private const int Longest = 5;

    public Snapshot? Latest
    {
        get
        {
            Sort();
            return List is { Count: > 0 } list ? new((MapValue)list[0]) : null;
        }
    }

    public int Count => List?.Count ?? 0;

    private ListValue? List => status.GetList("history");

    public void Clear() => status.Remove("history");

    /// <summary>The newest deployed or superseded revision before the latest one.</summary>
    public Snapshot? Previous(bool ignoresTests)
    {
        Sort();
        for (var i = 1; i < Count; i++)
        {
            var snapshot = new Snapshot((MapValue)List![i]);
            if (IsGood(snapshot, ignoresTests))
            {
                return snapshot;
            }
        }

        return null;
    }

    /// <summary>Drops what is older than the revision that a rollback would go to.</summary>
    public void Truncate(bool ignoresTests)
    {
        Sort();
        for (var i = 1; i < Count; i++)
        {
            if (IsGood(new Snapshot((MapValue)List![i]), ignoresTests))
            {
                Cut(i + 1);
                return;
            }
        }

        Cut(Longest);
    }

    /// <summary>Keeps the newest five.</summary>
    public void TruncateToLongest()
    {
        Sort();
        Cut(Longest);
    }

    public void Add(Snapshot snapshot)
    {
        if (List is not { } list)
        {
            list = [];
            status["history"] = list;
        }

        list.Insert(0, snapshot.Value);
    }

    /// <summary>Replaces the snapshot of the same revision; false when there is none.</summary>
    public bool Replace(ReleaseRecord record, Func<Snapshot, Snapshot> renew)
    {
        for (var i = 0; i < Count; i++)
        {
            var known = new Snapshot((MapValue)List![i]);
            if (known.Targets(record))
            {
                List[i] = renew(known).Value;
                return true;
            }
        }

        return false;
    }

    /// <summary>Remembers the revisions that an action wrote: the newest in front, and what became of one other.</summary>
    public void Record(IReadOnlyDictionary<int, ReleaseRecord> observed, string action, string ociDigest)
    {
        if (observed.Count == 0)
        {
            return;
        }

        var versions = observed.Keys.OrderDescending().ToArray();
        Add(Snapshot.Of(observed[versions[0]], action, ociDigest, null));
        for (var i = 1; i < versions.Length; i++)
        {
            var record = observed[versions[i]];
            if (Replace(record, known => Snapshot.Of(record, "", known.OciDigest, known.TestHooks)))
            {
                return;
            }
        }
    }

    private static bool IsGood(Snapshot snapshot, bool ignoresTests) =>
        snapshot.Status is ReleaseStatus.Deployed or ReleaseStatus.Superseded && (ignoresTests || !snapshot.HasTestInPhase("Failed"));

    private void Sort() => List?.Sort(static (a, b) =>
        ((b as MapValue)?.GetInt("version") ?? 0).CompareTo((a as MapValue)?.GetInt("version") ?? 0));

    private void Cut(int count)
    {
        while (Count > count)
        {
            List!.RemoveAt(Count - 1);
        }
    }
}
