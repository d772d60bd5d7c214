using System.Globalization;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Makes JSON 6902 operations that turn one value into another.</summary>
internal static class JsonDifference
{
    public static void Add(ListValue patch, string path, Value from, Value to)
    {
        if (from is MapValue before && to is MapValue after)
        {
            AddMap(patch, path, before, after);
        }
        else if (from is ListValue old && to is ListValue wanted && old.Count == wanted.Count)
        {
            for (var i = 0; i < old.Count; i++)
            {
                Add(patch, $"{path}/{i.ToString(CultureInfo.InvariantCulture)}", old[i], wanted[i]);
            }
        }
        else if (!Value.DeepEquals(from, to))
        {
            patch.Add(new MapValue { ["op"] = "replace", ["path"] = path, ["value"] = to.DeepClone() });
        }
    }

    private static void AddMap(ListValue patch, string path, MapValue before, MapValue after)
    {
        foreach (var (key, value) in before)
        {
            var child = $"{path}/{Escape(key)}";
            if (after[key] is { } wanted)
            {
                Add(patch, child, value, wanted);
            }
            else
            {
                patch.Add(new MapValue { ["op"] = "remove", ["path"] = child });
            }
        }

        foreach (var (key, value) in after)
        {
            if (!before.ContainsKey(key))
            {
                patch.Add(new MapValue { ["op"] = "add", ["path"] = $"{path}/{Escape(key)}", ["value"] = value.DeepClone() });
            }
        }
    }

    private static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
