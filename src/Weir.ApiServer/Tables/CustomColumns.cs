using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>The printer columns of a custom resource's version.</summary>
internal static class CustomColumns
{
    public static IReadOnlyList<TableColumn> Read(MapValue version)
    {
        if (version.GetList("additionalPrinterColumns") is not { Count: > 0 } list)
        {
            return [CommonColumns.Name, Column("Age", "date", "", 0, "", ".metadata.creationTimestamp")];
        }

        var columns = new List<TableColumn>(list.Count + 1) { CommonColumns.Name };
        foreach (var column in list.OfType<MapValue>())
        {
            columns.Add(Column(
                column.GetString("name") ?? "",
                column.GetString("type") ?? "",
                column.GetString("format") ?? "",
                (int)(column.GetInt("priority") ?? 0),
                column.GetString("description") ?? "",
                column.GetString("jsonPath") ?? ""));
        }

        return columns;
    }

    private static TableColumn Column(string name, string type, string format, int priority, string description, string path)
    {
        var steps = ColumnPath.Parse(path);
        return new(name, type, format, priority, description.Length > 0 ? description : $"Custom resource definition column (in JSONPath format): {path}",
            (value, now) => Cell(steps.Find(value), type, now));
    }

    private static Value Cell(IReadOnlyList<Value> found, string type, DateTimeOffset now)
    {
        if (found.Count == 0 || found[0].IsNull)
        {
            return NullValue.Instance;
        }

        var value = found[0];
        switch (type)
        {
            case "integer":
                return value switch
                {
                    IntValue => value,
                    FloatValue f => (long)f.Value,
                    _ => NullValue.Instance,
                };
            case "number":
                return value is IntValue or FloatValue ? value : NullValue.Instance;
            case "boolean":
                return value is BoolValue ? value : NullValue.Instance;
            case "date":
                return value is not StringValue { Value: var text } ? NullValue.Instance
                    : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? HumanDuration.Since(text, now) : "<unknown>";
            case "string":
                return string.Join(",", found.Select(Text));
            default:
                return NullValue.Instance;
        }
    }

    private static string Text(Value value) => value switch
    {
        StringValue s => s.Value,
        MapValue or ListValue => System.Text.Encoding.UTF8.GetString(JsonEncoder.Encode(value)),
        BoolValue b => b.Value ? "true" : "false",
        NullValue => "",
        _ => value.ToString() ?? "",
    };
}
