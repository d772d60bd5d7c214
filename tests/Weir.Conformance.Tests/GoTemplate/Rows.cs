using System.Text.Json;
using Weir.Testing;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>Reads the rows of one Go table test.</summary>
internal static class Rows
{
    /// <summary>The rows of a variable of a test function in a table; empty without the data.</summary>
    public static IEnumerable<Row> Of(string table, string function, string variable)
    {
        if (ConformanceData.Directory is null)
        {
            yield break;
        }

        foreach (var line in File.ReadLines(Path.Combine(ConformanceData.Directory, "tables", $"GoTemplate.{table}.jsonl")))
        {
            var root = JsonDocument.Parse(line).RootElement;
            if (root.GetProperty("func").GetString() == function && root.GetProperty("var").GetString() == variable)
            {
                yield return new Row(
                    root.GetProperty("id").GetString()!,
                    root.GetProperty("key").GetInt32(),
                    root.GetProperty("row"));
            }
        }
    }
}
