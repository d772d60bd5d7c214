using Weir.Values;

namespace Weir.Controllers;

/// <summary>An object of a release that is not as its manifest says: gone, or changed.</summary>
/// <param name="Object">The object as the manifest has it.</param>
/// <param name="Patch">JSON 6902 operations that bring it back; empty when it is gone.</param>
internal sealed record DriftedObject(ReleaseObject Object, ListValue Patch)
{
    public bool IsGone => Patch.Count == 0;

    /// <summary>As Flux tells it, such as <c>ConfigMap/ns/name changed (0 additions, 1 changes, 0 removals)</c>.</summary>
    public override string ToString() => IsGone
        ? $"{Object.Key} removed"
        : $"{Object.Key} changed ({Count("add")} additions, {Count("replace")} changes, {Count("remove")} removals)";

    private int Count(string operation) => Patch.Count(o => o is MapValue map && map.GetString("op") == operation);
}
