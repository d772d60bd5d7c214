using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Strategic merge patch: lists merge by the schema's merge keys, and the directives <c>$patch</c>, <c>$retainKeys</c>,
/// <c>$setElementOrder/x</c> and <c>$deleteFromPrimitiveList/x</c> say the rest. No argument is changed.
/// </summary>
public static class StrategicMergePatch
{
    internal const string Directive = "$patch";
    internal const string RetainKeys = "$retainKeys";
    internal const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList";
    internal const string SetElementOrder = "$setElementOrder";

    /// <summary>Applies a patch to an object of a kind.</summary>
    public static PatchResult Apply(MapValue original, MapValue patch, Schema schema)
    {
        var merge = new StrategicMerge(isCombining: false);
        var result = merge.Map(original.DeepClone(), patch.DeepClone(), schema);
        return merge.Error is { } error ? new(error) : new(result);
    }

    /// <summary>The patch that turns one object into another.</summary>
    public static PatchResult Create(MapValue original, MapValue modified, Schema schema)
    {
        var diff = new StrategicDiff(new() { SetsElementOrder = true });
        var patch = diff.Maps(original.DeepClone(), modified.DeepClone(), schema);
        return diff.Error is { } error ? new(error) : new(patch);
    }

    /// <summary>
    /// The patch of client-side apply: what left the last applied configuration (<paramref name="original"/>) is deleted,
    /// what <paramref name="modified"/> says and <paramref name="current"/> does not have is set, what others added stays.
    /// </summary>
    public static PatchResult CreateThreeWay(MapValue original, MapValue modified, MapValue current, Schema schema)
    {
        var additions = new StrategicDiff(new() { SetsElementOrder = true, IgnoresDeletions = true });
        var delta = additions.Maps(current.DeepClone(), modified.DeepClone(), schema);
        if (additions.Error is { } additionsError)
        {
            return new(additionsError);
        }

        var removals = new StrategicDiff(new() { SetsElementOrder = true, IgnoresChangesAndAdditions = true });
        var deletions = removals.Maps(original.DeepClone(), modified.DeepClone(), schema);
        if (removals.Error is { } removalsError)
        {
            return new(removalsError);
        }

        var merge = new StrategicMerge(isCombining: true);
        var patch = merge.Map(deletions, delta.DeepClone(), schema);
        return merge.Error is { } error ? new(error) : new(patch);
    }
}
