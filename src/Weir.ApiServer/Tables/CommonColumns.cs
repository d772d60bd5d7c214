using System.Globalization;
using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>Columns that many kinds share, and how cells are made.</summary>
internal static class CommonColumns
{
    public static readonly TableColumn Name = new("Name", "string", "name", 0, ColumnTexts.Name, (o, _) => o.At("metadata", "name") ?? "");

    public static readonly TableColumn Age = new("Age", "string", "", 0, ColumnTexts.Created, (o, now) => Since(o, now));

    public static readonly TableColumn CreatedAt = new("Created At", "date", "", 0, ColumnTexts.Created, (o, _) => o.At("metadata", "creationTimestamp") ?? NullValue.Instance);

    /// <summary>Definitions say it in their own words.</summary>
    public static readonly TableColumn DefinitionCreatedAt = new("Created At", "date", "", 0, ColumnTexts.Created, (o, _) => o.At("metadata", "creationTimestamp") ?? NullValue.Instance);

    public static TableColumn Text(string name, string description, Func<MapValue, Value> cell, int priority = 0, string type = "string") =>
        new(name, type, "", priority, description, (o, _) => cell(o));

    public static TableColumn Number(string name, string description, params string[] path) =>
        new(name, "integer", "", 0, description, (o, _) => o.At(path) is IntValue number ? number : 0);

    public static string Since(MapValue value, DateTimeOffset now) => HumanDuration.Since(String(value, "metadata", "creationTimestamp"), now);

    public static string String(MapValue value, params string[] path) => (value.At(path) as StringValue)?.Value ?? "";

    public static long Integer(MapValue value, params string[] path) => (value.At(path) as IntValue)?.Value ?? 0;

    public static string OrNone(string text) => text.Length == 0 ? "<none>" : text;

    /// <summary>A label selector as kubectl shows it.</summary>
    public static string Selector(MapValue? selector, bool isPlain = false)
    {
        if (selector is null)
        {
            return "<none>";
        }

        var terms = new List<string>();
        foreach (var (key, value) in ((isPlain ? selector : selector.GetMap("matchLabels")) ?? []).OrderBy(static e => e.Key, StringComparer.Ordinal))
        {
            terms.Add($"{key}={value}");
        }

        foreach (var expression in ((isPlain ? null : selector.GetList("matchExpressions")) ?? []).OfType<MapValue>())
        {
            var key = expression.GetString("key");
            var values = string.Join(",", (expression.GetList("values") ?? []).Select(static v => v.ToString()).Order(StringComparer.Ordinal));
            terms.Add(expression.GetString("operator") switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "DoesNotExist" => $"!{key}",
                _ => key ?? "",
            });
        }

        return terms.Count == 0 ? "<none>" : string.Join(",", terms);
    }

    /// <summary>The names and images of the containers of a pod spec.</summary>
    public static (string Names, string Images) Containers(MapValue? spec)
    {
        var containers = (spec?.GetList("containers") ?? []).OfType<MapValue>().ToList();
        return (string.Join(",", containers.Select(static c => c.GetString("name"))), string.Join(",", containers.Select(static c => c.GetString("image"))));
    }

    /// <summary>The three columns of a workload's template and selector.</summary>
    public static TableColumn[] Template(string selectorText, bool hasSelector, params string[] spec)
    {
        var columns = new List<TableColumn>
        {
            Text("Containers", "Names of each container in the template.", o => Containers(o.At(spec) as MapValue).Names, 1),
            Text("Images", "Images referenced by each container in the template.", o => Containers(o.At(spec) as MapValue).Images, 1),
        };
        if (hasSelector)
        {
            columns.Add(Text("Selector", selectorText, static o => Selector(o.At("spec", "selector") as MapValue), 1));
        }

        return [.. columns];
    }

    public static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
