using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Helm;

/// <summary>One row of a table test of Helm.</summary>
internal sealed record HelmRow(string Id, string Function, MapValue Fields)
{
    public string Text(string field) => Fields.GetString(field) ?? "";

    public bool Flag(string field) => Fields.GetBool(field) == true;

    /// <summary>The rows of a table; none without conformance data.</summary>
    public static IEnumerable<HelmRow> Read(string table)
    {
        foreach (var line in File.ReadLines(Path.Combine(ConformanceData.Directory!, "tables", $"Helm.{table}.jsonl")))
        {
            var row = (MapValue)JsonReader.Read(line).Result!;
            yield return new(row.GetString("id")!, row.GetString("func") ?? "", row.GetMap("row")!);
        }
    }

    /// <summary>What differs between two values as JSON, or <see langword="null"/>.</summary>
    public static string? Compare(Value? expected, Value? actual)
    {
        var (left, right) = (Json(expected), Json(actual));
        return left == right ? null : $"expected {left}, got {right}";
    }

    private static string Json(Value? value) => JsonWriter.Write(value ?? NullValue.Instance);
}
