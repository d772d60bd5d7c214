using System.Text.Json;
using Weir.Testing;

namespace Weir.Conformance.Tests.Yaml;

/// <summary>One row of an upstream table test.</summary>
internal sealed record TableRow(string Id, string Table, JsonElement Row, bool IsIncomplete)
{
    /// <summary>The rows of a file below <c>tables</c>; none without conformance data.</summary>
    public static IEnumerable<TableRow> Read(string file)
    {
        if (ConformanceData.Directory is null)
        {
            yield break;
        }

        foreach (var line in File.ReadLines(Path.Combine(ConformanceData.Directory, "tables", file)))
        {
            var root = JsonDocument.Parse(line).RootElement;
            var table = root.GetProperty("func").GetString() is { Length: > 0 } function ? function : root.GetProperty("var").GetString()!;
            yield return new(
                root.GetProperty("id").GetString()!,
                table,
                root.GetProperty("row"),
                root.TryGetProperty("incomplete", out var incomplete) && incomplete.GetBoolean());
        }
    }

    public string Text(string property) => GoText(Row.GetProperty(property));

    /// <summary>A JSON string whose lone surrogates stand for bytes, which System.Text.Json does not decode.</summary>
    public static string GoText(JsonElement element)
    {
        var raw = element.GetRawText();
        if (!raw.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return element.GetString()!;
        }

        var text = new System.Text.StringBuilder();
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)Convert.ToInt32(raw.Substring(i + 1, 4), 16));
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var c => c });
            }
        }

        return text.ToString();
    }
}
