using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Lays a release's values over those of a chart and its subcharts, as Helm 4.2.4 does (its <c>coalesce.go</c>).
/// Coalescing lets a null remove a default; merging keeps nulls for a later coalescing.
/// </summary>
internal sealed class ValuesCoalescing
{
    private const string Global = "global";

    private readonly List<Diagnostic> _diagnostics;
    private readonly bool _keepNulls;

    private ValuesCoalescing(List<Diagnostic> diagnostics, bool keepNulls)
    {
        _diagnostics = diagnostics;
        _keepNulls = keepNulls;
    }

    /// <summary>The values for a chart and its subcharts. Neither argument is changed.</summary>
    public static MapValue Coalesce(ChartInstance chart, MapValue values, List<Diagnostic> diagnostics) =>
        Run(chart, values, diagnostics, keepNulls: false);

    /// <summary>The same with every null kept.</summary>
    public static MapValue Merge(ChartInstance chart, MapValue values, List<Diagnostic> diagnostics) =>
        Run(chart, values, diagnostics, keepNulls: true);

    /// <summary>Fills a map with what it lacks from another, which is used up. The first argument is the answer.</summary>
    public static MapValue MergeTables(MapValue destination, MapValue source, List<Diagnostic> diagnostics)
    {
        new ValuesCoalescing(diagnostics, keepNulls: true).CoalesceTables(destination, source, "", keepNulls: true);
        return destination;
    }

    private static MapValue Run(ChartInstance chart, MapValue values, List<Diagnostic> diagnostics, bool keepNulls)
    {
        var destination = values.DeepClone();
        new ValuesCoalescing(diagnostics, keepNulls).CoalesceChart(chart, destination, "");
        return destination;
    }

    /// <summary>False when the values of a subchart are no map, which ends the work.</summary>
    private bool CoalesceChart(ChartInstance chart, MapValue destination, string prefix)
    {
        CoalesceOwnValues(chart, destination, Join(prefix, chart.Name));
        foreach (var child in chart.Dependencies)
        {
            var given = destination[child.Name];
            if (given is null)
            {
                destination[child.Name] = given = new MapValue();
            }

            if (given is not MapValue childValues)
            {
                _diagnostics.Add(Diagnostic.Error(
                    "helm-values",
                    $"type mismatch on {child.Name}: {(given is BoolValue ? given.ToString() : $"%!t({StructReader.JsonKind(given)})")}",
                    given.Span.IsKnown ? given.Span : destination.KeySpan(child.Name),
                    $"'{child.Name}' is the name of a subchart: its values must be a map"));
                return false;
            }

            var childPrefix = Join(prefix, chart.Name);
            CoalesceGlobals(childValues, destination, childPrefix);
            if (!CoalesceChart(child, childValues, childPrefix))
            {
                return false;
            }
        }

        return true;
    }

    private void CoalesceGlobals(MapValue destination, MapValue source, string prefix)
    {
        if (destination[Global] is not (null or MapValue))
        {
            Warn($"warning: skipping globals because destination {Global} is not a table.", destination.KeySpan(Global));
            return;
        }

        if (source[Global] is not (null or MapValue))
        {
            Warn($"warning: skipping globals because source {Global} is not a table.", source.KeySpan(Global));
            return;
        }

        var child = destination[Global] as MapValue ?? new MapValue();
        if (source[Global] is MapValue parent)
        {
            foreach (var (key, value) in parent)
            {
                var existing = child[key];
                if (value is MapValue map)
                {
                    if (existing is not (null or MapValue))
                    {
                        Warn($"Conflict: cannot merge map onto non-map for {GoQuote.Quote(key)}. Skipping.", child.KeySpan(key));
                        continue;
                    }

                    // The parent wins, so its copy is filled from the child's. Nulls stay until the child's own turn.
                    var copy = map.ShallowClone();
                    if (existing is MapValue table)
                    {
                        CoalesceTables(copy, table, Join(prefix, key), keepNulls: true);
                    }

                    child.Set(key, copy, parent.KeySpan(key));
                }
                else if (existing is MapValue)
                {
                    Warn($"key {key} is table. Skipping", parent.KeySpan(key));
                }
                else
                {
                    child.Set(key, value, parent.KeySpan(key));
                }
            }
        }

        destination[Global] = child;
    }

    private void CoalesceOwnValues(ChartInstance chart, MapValue values, string prefix)
    {
        foreach (var (key, value) in chart.Values.DeepClone())
        {
            var given = values[key];
            switch (given)
            {
                case null when _keepNulls:
                    values.Set(key, value, chart.Values.KeySpan(key));
                    break;
                case null when value is NullValue:
                    // A null among a chart's own defaults is as if it were not written.
                    break;
                case null:
                    DropNulls(value);
                    values.Set(key, value, chart.Values.KeySpan(key));
                    break;
                case NullValue when !_keepNulls:
                    values.Remove(key);
                    break;
                case MapValue destination when value is MapValue source:
                    var keepNulls = _keepNulls || chart.Dependencies.Any(d => d.Name == key);
                    if (!keepNulls)
                    {
                        DropNulls(source);
                    }

                    CoalesceTables(destination, source, Join(prefix, key), keepNulls);
                    break;
                case MapValue when value is not NullValue:
                    Warn($"warning: skipped value for {prefix}.{key}: Not a table.", values.KeySpan(key));
                    break;
            }
        }
    }

    private void CoalesceTables(MapValue destination, MapValue source, string prefix, bool keepNulls)
    {
        var hadValue = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in source)
        {
            if (value is not NullValue)
            {
                hadValue.Add(key);
            }
        }

        foreach (var (key, value) in destination)
        {
            if (value is NullValue)
            {
                source[key] = NullValue.Instance;
            }
        }

        foreach (var (key, value) in source)
        {
            var given = destination[key];
            if (given is null)
            {
                destination.Set(key, value, source.KeySpan(key));
            }
            else if (given is NullValue && !keepNulls && hadValue.Contains(key))
            {
                destination.Remove(key);
            }
            else if (value is MapValue sourceTable)
            {
                if (given is MapValue table)
                {
                    CoalesceTables(table, sourceTable, Join(prefix, key), keepNulls);
                }
                else
                {
                    Warn($"warning: cannot overwrite table with non table for {Join(prefix, key)}", destination.KeySpan(key));
                }
            }
            else if (given is MapValue && value is not NullValue)
            {
                Warn($"warning: destination for {Join(prefix, key)} is a table. Ignoring non-table value", destination.KeySpan(key));
            }
        }
    }

    private static void DropNulls(Value value)
    {
        if (value is not MapValue map)
        {
            return;
        }

        List<string>? nulls = null;
        foreach (var (key, item) in map)
        {
            if (item is NullValue)
            {
                (nulls ??= []).Add(key);
            }
            else
            {
                DropNulls(item);
            }
        }

        foreach (var key in nulls ?? [])
        {
            map.Remove(key);
        }
    }

    private void Warn(string message, SourceSpan span) => _diagnostics.Add(Diagnostic.Warning("helm-values", message, span));

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";
}
