using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Whether a pod may run on a node: its selector, required affinity, tolerations. Resources are without end.</summary>
internal static class NodeFit
{
    /// <summary>The first node that takes a pod, or <see langword="null"/> with the scheduler's message.</summary>
    public static string? Choose(MapValue podSpec, ObjectSet nodes, out string message)
    {
        int unmatched = 0, tainted = 0, closed = 0;
        foreach (var node in nodes.List(null))
        {
            var value = node.Decode();
            if (!Matches(podSpec, value))
            {
                unmatched++;
            }
            else if (value.GetMap("spec")?.GetBool("unschedulable") == true)
            {
                closed++;
            }
            else if (!Tolerates(podSpec, value))
            {
                tainted++;
            }
            else
            {
                message = "";
                return node.Name;
            }
        }

        var reasons = new List<string>();
        if (unmatched > 0)
        {
            reasons.Add($"{unmatched} node(s) didn't match Pod's node affinity/selector");
        }

        if (tainted > 0)
        {
            reasons.Add($"{tainted} node(s) had untolerated taint(s)");
        }

        if (closed > 0)
        {
            reasons.Add($"{closed} node(s) were unschedulable");
        }

        message = nodes.Count == 0
            ? "no nodes available to schedule pods"
            : $"0/{nodes.Count} nodes are available: {string.Join(", ", reasons)}. no new claims to deallocate, preemption: 0/{nodes.Count} nodes are available: {nodes.Count} Preemption is not helpful for scheduling.";
        return null;
    }

    /// <summary>Whether a node has the labels that a pod wants.</summary>
    public static bool Matches(MapValue podSpec, MapValue node)
    {
        var labels = node.GetMap("metadata")?.GetMap("labels");
        foreach (var (key, wanted) in podSpec.GetMap("nodeSelector") ?? [])
        {
            if (labels?.GetString(key) != (wanted as StringValue)?.Value)
            {
                return false;
            }
        }

        if (podSpec.At("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms") is not ListValue terms)
        {
            return true;
        }

        foreach (var term in terms)
        {
            if (term is MapValue map && HasAll(map.GetList("matchExpressions"), key => labels?.GetString(key))
                && HasAll(map.GetList("matchFields"), key => key == "metadata.name" ? node.Name() : null))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a pod bears the taints that keep others from a node.</summary>
    public static bool Tolerates(MapValue podSpec, MapValue node)
    {
        foreach (var item in node.GetMap("spec")?.GetList("taints") ?? [])
        {
            if (item is MapValue taint && taint.GetString("effect") is "NoSchedule" or "NoExecute" && !IsTolerated(podSpec, (MapValue)item))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTolerated(MapValue podSpec, MapValue taint)
    {
        foreach (var item in podSpec.GetList("tolerations") ?? [])
        {
            if (item is MapValue toleration
                && toleration.GetString("effect") is var effect && (string.IsNullOrEmpty(effect) || effect == taint.GetString("effect"))
                && toleration.GetString("key") is var key && (string.IsNullOrEmpty(key) || key == taint.GetString("key"))
                && (toleration.GetString("operator") == "Exists" || (toleration.GetString("value") ?? "") == (taint.GetString("value") ?? "")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAll(ListValue? expressions, Func<string, string?> label)
    {
        if (expressions is null)
        {
            return true;
        }

        foreach (var item in expressions)
        {
            if (item is not MapValue expression)
            {
                continue;
            }

            var present = label(expression.GetString("key") ?? "");
            var values = expression.GetList("values") ?? [];
            var isMet = expression.GetString("operator") switch
            {
                "In" => present is not null && values.Contains(new StringValue(present)),
                "NotIn" => present is null || !values.Contains(new StringValue(present)),
                "Exists" => present is not null,
                "DoesNotExist" => present is null,
                "Gt" => long.TryParse(present, out var p) && values.Count > 0 && long.TryParse((values[0] as StringValue)?.Value, out var q) && p > q,
                "Lt" => long.TryParse(present, out var p) && values.Count > 0 && long.TryParse((values[0] as StringValue)?.Value, out var q) && p < q,
                _ => false,
            };
            if (!isMet)
            {
                return false;
            }
        }

        return true;
    }
}
