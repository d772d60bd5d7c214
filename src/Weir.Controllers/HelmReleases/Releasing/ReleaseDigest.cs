using System.Security.Cryptography;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers;

/// <summary>
/// The checksum by which a stored release is known again: over the JSON that Go writes of helm-controller's observation, test
/// hooks left out because people may run tests by hand.
/// </summary>
internal static class ReleaseDigest
{
    public static string Of(ReleaseRecord record, string ociDigest)
    {
        var stored = ReleaseCodec.ToValue(record with { Hooks = [.. record.Hooks.Where(static h => !h.IsTest)] });
        var observation = new MapValue
        {
            ["name"] = record.Name,
            ["version"] = record.Version,
            ["info"] = stored.GetMap("info") ?? [],
            ["chartMetadata"] = stored.GetMap("chart")?.GetMap("metadata") ?? [],
            ["config"] = record.Config.Count == 0 ? NullValue.Instance : Sorted(record.Config),
            ["manifest"] = record.Manifest,
            ["hooks"] = stored.GetList("hooks") is { } hooks ? hooks : NullValue.Instance,
            ["namespace"] = record.Namespace,
        };
        if (ociDigest.Length > 0)
        {
            observation["ociDigest"] = ociDigest;
        }

        var json = JsonWriter.Write(observation, new() { KeepOrder = true });
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(GoString.ToBytes(json + "\n")));
    }

    // Go writes the keys of a map in order, those of a struct as declared.
    private static Value Sorted(Value value)
    {
        switch (value)
        {
            case MapValue map:
                var sorted = new MapValue(map.Count);
                foreach (var key in map.Keys.Order(GoString.Comparer))
                {
                    sorted[key] = Sorted(map[key]!);
                }

                return sorted;
            case ListValue list:
                return new ListValue(list.Select(Sorted));
            default:
                return value;
        }
    }
}
