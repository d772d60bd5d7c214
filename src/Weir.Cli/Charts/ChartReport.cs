using System.Globalization;
using System.Text;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Charts;

/// <summary>Prints what is known of charts: one line a finding, one line a value.</summary>
internal static class ChartReport
{
    private const int MaxDefault = 40;

    /// <summary><c>[WARNING] file:line:column: message (hint)</c>.</summary>
    public static string Line(Diagnostic diagnostic)
    {
        var severity = diagnostic.Severity switch { Severity.Error => "ERROR", Severity.Warning => "WARNING", _ => "INFO" };
        return $"[{severity}] {diagnostic}";
    }

    /// <summary>The values as a table of path, default and uses.</summary>
    public static string Table(IReadOnlyList<ChartValue> values)
    {
        var rows = values.Select(v => (v.Path, Default: Default(v.Default), Uses: Uses(v))).ToList();
        var path = rows.Count == 0 ? 4 : Math.Max(4, rows.Max(r => r.Path.Length));
        var standard = rows.Count == 0 ? 7 : Math.Max(7, rows.Max(r => r.Default.Length));
        var text = new StringBuilder();
        text.Append("PATH".PadRight(path + 2)).Append("DEFAULT".PadRight(standard + 2)).Append("USED AT\n");
        foreach (var row in rows)
        {
            text.Append(row.Path.PadRight(path + 2)).Append(row.Default.PadRight(standard + 2)).Append(row.Uses).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The inspection as JSON, with every use.</summary>
    public static string Json(ValuesInspection inspection) => JsonWriter.Write(new MapValue
    {
        ["values"] = new ListValue(inspection.Values.Select(v => (Value)new MapValue
        {
            ["path"] = v.Path,
            ["default"] = v.Default ?? NullValue.Instance,
            ["defaultAt"] = v.DefaultAt.ToString(),
            ["uses"] = new ListValue(v.Uses.Select(u => (Value)u.At.ToString())),
        })),
        ["findings"] = new ListValue(inspection.Diagnostics.Select(d => (Value)new MapValue
        {
            ["code"] = d.Code,
            ["severity"] = d.Severity.ToString().ToLowerInvariant(),
            ["at"] = d.Span.ToString(),
            ["message"] = d.Message,
            ["hint"] = d.Hint is null ? NullValue.Instance : new StringValue(d.Hint),
        })),
    });

    private static string Default(Value? value)
    {
        if (value is null)
        {
            return "-";
        }

        var text = JsonWriter.Write(value);
        return text.Length <= MaxDefault ? text : text[..(MaxDefault - 3)] + "...";
    }

    private static string Uses(ChartValue value) => value.Uses.Count switch
    {
        0 => "nowhere",
        1 => value.Uses[0].At.ToString(),
        var count => string.Create(CultureInfo.InvariantCulture, $"{value.Uses[0].At} and {count - 1} more"),
    };
}
