using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Conditions of workloads, set as the real controllers set them.</summary>
internal static class Conditions
{
    public static MapValue? Find(MapValue? status, string type)
    {
        foreach (var item in status?.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == type)
            {
                return condition;
            }
        }

        return null;
    }

    public static bool IsTrue(MapValue? status, string type) => Find(status, type)?.GetString("status") == "True";

    /// <summary>
    /// Sets a condition unless it stands with this state and reason; its transition time stays while the state does. Those of Deployments
    /// have the time of their update too.
    /// </summary>
    public static void Set(MapValue status, string type, string state, string reason, string message, string now, bool hasUpdateTime = false)
    {
        var existing = Find(status, type);
        if (existing is not null && existing.GetString("status") == state && existing.GetString("reason") == reason
            && (hasUpdateTime || (existing.GetString("message") ?? "") == message))
        {
            return;
        }

        var transition = existing?.GetString("status") == state ? existing.GetString("lastTransitionTime") ?? now : now;
        Remove(status, type);
        var condition = new MapValue { ["type"] = type, ["status"] = state };
        if (hasUpdateTime)
        {
            condition["lastUpdateTime"] = now;
        }

        condition["lastTransitionTime"] = transition;
        if (reason.Length > 0)
        {
            condition["reason"] = reason;
        }

        if (message.Length > 0)
        {
            condition["message"] = message;
        }

        if (status.GetList("conditions") is not { } conditions)
        {
            status["conditions"] = conditions = [];
        }

        conditions.Add(condition);
    }

    public static void Remove(MapValue status, string type)
    {
        if (status.GetList("conditions") is not { } conditions)
        {
            return;
        }

        conditions.RemoveAll(c => c is MapValue condition && condition.GetString("type") == type);
        if (conditions.Count == 0)
        {
            status.Remove("conditions");
        }
    }

    /// <summary>A count that is left out when it is zero.</summary>
    public static void SetCount(MapValue status, string key, long count)
    {
        if (count == 0)
        {
            status.Remove(key);
        }
        else
        {
            status[key] = count;
        }
    }
}
