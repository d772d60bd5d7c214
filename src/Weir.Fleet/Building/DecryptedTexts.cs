using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Takes what was decrypted out of objects that are printed, with the word that flux prints for it.</summary>
internal static class DecryptedTexts
{
    private const string Hidden = "**SOPS**";

    /// <summary>All data of Secrets is hidden, for files and variables in them were put together from what was decrypted.</summary>
    public static IEnumerable<MapValue> Hide(IReadOnlyList<MapValue> objects, IReadOnlyList<string> texts)
    {
        var others = new SecretTexts(texts);
        foreach (var value in objects)
        {
            yield return value.GroupVersionKind() is { Group: "", Kind: "Secret" } ? HideData(value) : others.Hide(value);
        }
    }

    private static MapValue HideData(MapValue value)
    {
        var copy = (MapValue)value.DeepClone();
        foreach (var part in new[] { "data", "stringData" })
        {
            foreach (var key in value.GetMap(part)?.Keys ?? [])
            {
                copy.GetMap(part)![key] = Hidden;
            }
        }

        return copy;
    }
}
