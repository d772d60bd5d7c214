using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Hides the data of Secrets: for each key it shows only whether the value is the same on both sides.</summary>
internal static class SecretMask
{
    private const string Same = "*** (unchanged)";
    private const string Old = "*** (before)";
    private const string New = "*** (after)";

    public static (MapValue? Before, MapValue? After) Of(MapValue? before, MapValue? after)
    {
        if ((before ?? after)?.GroupVersionKind() is not { Group: "", Kind: "Secret" })
        {
            return (before, after);
        }

        var (left, right) = (before?.DeepClone(), after?.DeepClone());
        foreach (var part in new[] { "data", "stringData" })
        {
            Mask(left?.GetMap(part), before?.GetMap(part), after?.GetMap(part), Old);
            Mask(right?.GetMap(part), before?.GetMap(part), after?.GetMap(part), New);
        }

        // The last applied configuration holds the data once more.
        left?.GetMap("metadata")?.GetMap("annotations")?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        right?.GetMap("metadata")?.GetMap("annotations")?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        return (left, right);
    }

    private static void Mask(MapValue? target, MapValue? before, MapValue? after, string changed)
    {
        foreach (var key in target?.Keys.ToList() ?? [])
        {
            var isSame = before is not null && after is not null && before.ContainsKey(key) && Value.DeepEquals(before[key], after[key]);
            target![key] = isSame ? Same : changed;
        }
    }
}
