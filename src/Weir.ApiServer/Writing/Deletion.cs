using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Begins the deletion of an object: garbage collection's finalizers and the marks of termination.</summary>
internal static class Deletion
{
    public const string OrphanFinalizer = "orphan";
    public const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>The object that remains for now, or <see langword="null"/> when it can go at once.</summary>
    public static MapValue? Begin(ServedResource resource, MapValue value, DeleteOptions options, DateTimeOffset now)
    {
        var metadata = value.GetOrAddMap("metadata");
        SetFinalizers(metadata, options, KindRules.DefaultPropagation(resource));
        var grace = KindRules.GracePeriod(resource, value, options);
        if (!ObjectMetadata.HasFinalizers(value) && grace == 0 && !KindRules.HoldsDeletion(resource, value))
        {
            return null;
        }

        if (!metadata.ContainsKey("deletionTimestamp"))
        {
            metadata["deletionTimestamp"] = ObjectMetadata.Timestamp(now.AddSeconds(grace));
            if (KindRules.HasGracePeriod(resource))
            {
                metadata["deletionGracePeriodSeconds"] = grace;
            }

            if (metadata.GetInt("generation") is { } generation and > 0)
            {
                metadata["generation"] = generation + 1;
            }
        }
        else if (metadata.GetInt("deletionGracePeriodSeconds") is { } running && grace < running)
        {
            metadata["deletionTimestamp"] = ObjectMetadata.Timestamp(now.AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
        }

        KindRules.MarkTerminating(resource, value, now);
        return value;
    }

    /// <summary>
    /// A policy puts its finalizer and takes the others; without one, what the object carries stays.
    /// </summary>
    private static void SetFinalizers(MapValue metadata, DeleteOptions options, string? byDefault)
    {
        var policy = options.PropagationPolicy ?? options.OrphanDependents switch
        {
            true => "Orphan",
            false => "Background",
            null => HasOwnPolicy(metadata) ? null : byDefault,
        };
        if (policy is null)
        {
            return;
        }

        var wanted = policy switch
        {
            "Orphan" => OrphanFinalizer,
            "Foreground" => ForegroundFinalizer,
            _ => null,
        };
        var list = metadata.GetList("finalizers") ?? new ListValue();
        list.RemoveAll(f => f is StringValue { Value: OrphanFinalizer or ForegroundFinalizer } s && s.Value != wanted);
        if (wanted is not null && !list.Contains(new StringValue(wanted)))
        {
            list.Add(wanted);
        }

        if (list.Count == 0)
        {
            metadata.Remove("finalizers");
        }
        else
        {
            metadata["finalizers"] = list;
        }
    }

    private static bool HasOwnPolicy(MapValue metadata) =>
        metadata.GetList("finalizers")?.Any(static f => f is StringValue { Value: OrphanFinalizer or ForegroundFinalizer }) == true;
}
