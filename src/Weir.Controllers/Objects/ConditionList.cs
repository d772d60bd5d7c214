using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The conditions of one status, changed as fluxcd/pkg runtime does: times move only with the state, Stalled, Reconciling and Ready come first.</summary>
internal sealed class ConditionList(MapValue status, long generation, TimeProvider time)
{
    private const int LongestMessage = 32768;

    public MapValue? Find(string type)
    {
        foreach (var item in status.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == type)
            {
                return condition;
            }
        }

        return null;
    }

    public bool IsTrue(string type) => Find(type)?.GetString("status") == "True";

    public bool IsFalse(string type) => Find(type)?.GetString("status") == "False";

    public bool Has(string type) => Find(type) is not null;

    public string? Reason(string type) => Find(type)?.GetString("reason");

    public string? Message(string type) => Find(type)?.GetString("message");

    public void SetTrue(string type, string reason, string message) => Set(type, "True", reason, message);

    public void SetFalse(string type, string reason, string message) => Set(type, "False", reason, message);

    public void SetUnknown(string type, string reason, string message) => Set(type, "Unknown", reason, message);

    /// <summary>Says that work is under way; nothing is stalled then.</summary>
    public void SetReconciling(string reason, string message)
    {
        Remove(ConditionTypes.Stalled);
        SetTrue(ConditionTypes.Reconciling, reason, message);
    }

    /// <summary>Says that no retry will help; no work is under way then.</summary>
    public void SetStalled(string reason, string message)
    {
        Remove(ConditionTypes.Reconciling);
        SetTrue(ConditionTypes.Stalled, reason, message);
    }

    public void Remove(string type) => status.GetList("conditions")?.RemoveAll(c => c is MapValue m && m.GetString("type") == type);

    public void Set(string type, string state, string reason, string message)
    {
        message = message.Length > LongestMessage ? message[..(LongestMessage - 3)] + "..." : message;
        if (status.GetList("conditions") is not { } list)
        {
            list = [];
            status["conditions"] = list;
        }

        var index = -1;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is MapValue known && known.GetString("type") == type)
            {
                index = i;
            }
        }

        var old = index < 0 ? null : (MapValue)list[index];
        var isSame = old is not null
            && old.GetString("status") == state
            && old.GetString("reason") == reason
            && old.GetString("message") == message;
        var condition = new MapValue
        {
            ["lastTransitionTime"] = isSame ? old!["lastTransitionTime"]! : FluxTime.Write(time.GetUtcNow()),
            ["message"] = message,
            ["observedGeneration"] = generation,
            ["reason"] = reason,
            ["status"] = state,
            ["type"] = type,
        };
        if (index < 0)
        {
            list.Add(condition);
        }
        else
        {
            list[index] = condition;
        }

        list.Sort(Compare);
    }

    private static int Compare(Value left, Value right)
    {
        var (a, b) = ((MapValue)left, (MapValue)right);
        var (first, second) = (Weight(a), Weight(b));
        if (first != second)
        {
            return first.CompareTo(second);
        }

        var difference = (b.GetInt("observedGeneration") ?? 0).CompareTo(a.GetInt("observedGeneration") ?? 0);
        return difference != 0 ? difference : string.CompareOrdinal(a.GetString("type"), b.GetString("type"));
    }

    private static int Weight(MapValue condition) => condition.GetString("type") switch
    {
        ConditionTypes.Stalled => 0,
        ConditionTypes.Reconciling => 1,
        ConditionTypes.Ready => 2,
        _ => 3,
    };
}
