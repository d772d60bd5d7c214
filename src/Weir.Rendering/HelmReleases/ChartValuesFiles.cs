using System.Text;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>Merges values files (<c>spec.valuesFiles</c>) into a chart's own values.</summary>
public static class ChartValuesFiles
{
    public const string FileName = "values.yaml";

    /// <summary>
    /// The files laid over each other, and those that were there; or what is wrong. <paramref name="read"/> answers
    /// <see langword="null"/> for a file that is missing.
    /// </summary>
    public static (MapValue Values, IReadOnlyList<string> Files, string? Problem) Merge(
        IReadOnlyList<string> paths,
        bool ignoresMissing,
        Func<string, ReadOnlyMemory<byte>?> read,
        Func<string, string> missing)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(missing);
        var merged = new MapValue();
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (read(path) is not { } content)
            {
                if (ignoresMissing)
                {
                    continue;
                }

                return (merged, files, missing(path));
            }

            var parsed = YamlReader.Read(content.Span);
            if (YamlReader.GoError(parsed.Diagnostics) is { } error)
            {
                return (merged, files, $"unmarshaling values from '{path}' failed: {error}");
            }

            if (parsed.Result is MapValue values)
            {
                Lay(values, merged);
            }
            else if (parsed.Result is { IsNull: false })
            {
                return (merged, files, $"unmarshaling values from '{path}' failed: it is no map");
            }

            files.Add(path);
        }

        return (merged, files, null);
    }

    /// <summary>The chart with other values; the same chart when they are those it has; <see langword="null"/> when it has no file for them.</summary>
    public static Chart? Replace(Chart chart, MapValue values)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(values);
        var text = values.Count == 0 ? [] : Encoding.UTF8.GetBytes(YamlWriter.Write(values));
        var raw = new List<ChartFile>(chart.Raw.Count);
        var isFound = false;
        foreach (var file in chart.Raw)
        {
            var isValues = file.Name == FileName;
            isFound |= isValues;
            raw.Add(isValues ? new ChartFile(FileName, text) : file);
        }

        return isFound ? ChartCopy.Of(chart, raw: raw, values: values) : null;
    }

    private static void Lay(MapValue above, MapValue below)
    {
        foreach (var (key, value) in above)
        {
            if (value is MapValue map && below.GetMap(key) is { } known)
            {
                Lay(map, known);
            }
            else
            {
                below[key] = value.DeepClone();
            }
        }
    }
}
