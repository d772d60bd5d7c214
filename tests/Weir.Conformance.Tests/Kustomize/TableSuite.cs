using System.Text.Json;
using Weir.Testing;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>Runs the rows of one table of kustomize's own tests.</summary>
internal static class TableSuite
{
    public static string KnownDifferences { get; } =
        Path.Combine(TestData.ProjectDirectory(typeof(TableSuite).Assembly), "Kustomize", "known-differences.txt");

    /// <summary>
    /// Takes every row of <c>Kustomize.NAME.jsonl</c>. The function answers what compares a row (by Go's test function or
    /// variable), or nothing for rows that test what Weir does not have.
    /// </summary>
    public static void Run(string name, ITestOutputHelper output, Func<string, JsonElement, Func<string?>?> comparer)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var suite = new ConformanceSuite($"Kustomize.{name}", KnownDifferences);
        foreach (var line in File.ReadLines(Path.Combine(ConformanceData.Directory, "tables", $"Kustomize.{name}.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var id = root.GetProperty("id").GetString()!;
            var table = root.TryGetProperty("func", out var function) && function.GetString() is { Length: > 0 } text
                ? text
                : root.TryGetProperty("var", out var variable) ? variable.GetString()! : "";
            var row = root.TryGetProperty("row", out var inner) ? inner : root;
            if (comparer(table, row) is { } compare)
            {
                suite.Take(id, compare);
            }
            else
            {
                suite.Skip(id);
            }
        }

        output.WriteLine(suite.Summary);
        Assert.True(suite.IsGreen, suite.Summary + "\n" + suite.Failures);
    }
}
