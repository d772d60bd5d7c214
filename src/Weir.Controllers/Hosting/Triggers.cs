using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Which changes of an object are worth a reconciliation, of itself or of those that refer to it.</summary>
internal static class Triggers
{
    /// <summary>The object asks for something new, is asked for, or is on its way out.</summary>
    public static bool ConcernsItself(InformerEvent change) =>
        change.New is { } now
        && (change.Old is not { } old
            || Generation(old) != Generation(now)
            || now.Annotation(Annotations.RequestedAt) != old.Annotation(Annotations.RequestedAt)
            || (IsDeleted(now) && !IsDeleted(old)));

    /// <summary>A source has another artifact.</summary>
    public static bool HasNewArtifact(InformerEvent change) =>
        Text(change.New, "artifact", "revision") is { } revision && revision != Text(change.Old, "artifact", "revision");

    /// <summary>A dependency became ready, or applied something new.</summary>
    public static bool HasProgressed(InformerEvent change)
    {
        if (change.New is not { } now || !IsReady(now))
        {
            return false;
        }

        return change.Old is not { } old
            || !IsReady(old)
            || Text(old, "lastAppliedRevision") != Text(now, "lastAppliedRevision");
    }

    /// <summary>The object is not ready for a reason that says this.</summary>
    public static bool Complains(MapValue value, string complaint)
    {
        foreach (var item in value.GetMap("status")?.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == ConditionTypes.Ready)
            {
                return condition.GetString("status") == "False"
                    && condition.GetString("message")?.Contains(complaint, StringComparison.Ordinal) == true;
            }
        }

        return false;
    }

    private static bool IsReady(MapValue value)
    {
        if (Generation(value) != value.GetMap("status")?.GetInt("observedGeneration"))
        {
            return false;
        }

        foreach (var item in value.GetMap("status")?.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == ConditionTypes.Ready)
            {
                return condition.GetString("status") == "True";
            }
        }

        return false;
    }

    private static long? Generation(MapValue value) => value.GetMap("metadata")?.GetInt("generation");

    /// <summary>The object is on its way out.</summary>
    public static bool IsDeleted(MapValue value) => value.GetMap("metadata")?.ContainsKey("deletionTimestamp") == true;

    private static string? Text(MapValue? value, params ReadOnlySpan<string> path) =>
        (value?.GetMap("status")?.At(path) as StringValue)?.Value;
}
