using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>The forms that several reports share.</summary>
internal static class ReportText
{
    private const int Context = 3;
    private const int LongestValue = 120;

    /// <summary>A sign for a change: <c>+</c>, <c>~</c>, <c>-</c> or <c>→</c>.</summary>
    public static string Sign(ChangeKind kind) => kind switch
    {
        ChangeKind.Created => "+",
        ChangeKind.Deleted => "-",
        ChangeKind.Renamed => "→",
        _ => "~",
    };

    /// <summary>A severity as a word.</summary>
    public static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "info",
    };

    /// <summary>A value on one line, cut when it is long.</summary>
    public static string Short(Value? value)
    {
        var text = value switch
        {
            null => "(none)",
            StringValue s => s.Value,
            MapValue or ListValue => JsonWriter.Write(value),
            _ => value.ToString() ?? "",
        };
        text = text.ReplaceLineEndings("⏎");
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }

    /// <summary>The lines of a unified diff without its two head lines; empty when nothing differs.</summary>
    public static IReadOnlyList<string> Hunks(MapValue? before, MapValue? after) => Hunks(Write(before), Write(after));

    /// <summary>The same for two texts.</summary>
    public static IReadOnlyList<string> Hunks(string before, string after)
    {
        var lines = LineDifference.Of(before, after);
        var kept = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind != ' ')
            {
                for (var near = Math.Max(0, i - Context); near <= Math.Min(lines.Count - 1, i + Context); near++)
                {
                    kept[near] = true;
                }
            }
        }

        var result = new List<string>();
        var (left, right) = (1, 1);
        for (var i = 0; i < lines.Count;)
        {
            if (!kept[i])
            {
                (left, right) = (left + 1, right + 1);
                i++;
                continue;
            }

            var end = i;
            while (end < lines.Count && kept[end])
            {
                end++;
            }

            var hunk = lines.GetRange(i, end - i);
            var olds = hunk.Count(static l => l.Kind != '+');
            var news = hunk.Count(static l => l.Kind != '-');
            result.Add($"@@ -{(olds == 0 ? left - 1 : left)},{olds} +{(news == 0 ? right - 1 : right)},{news} @@");
            result.AddRange(hunk.Select(static l => l.Kind + l.Text));
            (left, right) = (left + olds, right + news);
            i = end;
        }

        return result;
    }

    private static string Write(MapValue? value) => value is null ? "" : YamlWriter.Write(value);
}
