using Weir.GoTemplate.Tracing;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Compares the values that files give with those that templates look at: keys that nobody knows, values that nobody
/// uses, and values that templates need and nobody gives.
/// </summary>
public sealed class ValuesInspector
{
    private readonly Chart _chart;
    private readonly ChartInstance _root;
    private readonly ChartTracer _tracer;
    private readonly MapValue _defaults = new();
    private readonly List<Diagnostic> _diagnostics = [];

    private ValuesInspector(Chart chart, MapValue given, Diagnostic? unreadable, ChartTemplates templates, ChartInstance root)
    {
        _chart = chart;
        _root = root;
        var enabled = ChartInstance.Of(chart);
        ChartDependencies.Process(enabled, given, _diagnostics);
        var values = ValuesCoalescing.Coalesce(enabled, given, _diagnostics);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        Enabled(enabled, paths);
        _tracer = new ChartTracer(templates, root, values, paths);
        _diagnostics.Clear();
        if (unreadable is not null)
        {
            _diagnostics.Add(unreadable);
        }
    }

    /// <summary>Inspects a chart with the values that are laid over its defaults.</summary>
    public static ValuesInspection Inspect(Chart chart, MapValue given)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(given);
        var root = ChartInstance.Of(chart);
        ChartDependencies.TakeAll(root);
        var templates = ChartTemplates.For(root, strict: false);
        return new ValuesInspector(chart, given, templates.Error, templates, root).Run(given);
    }

    private ValuesInspection Run(MapValue given)
    {
        _tracer.Trace(_root);
        UseByDependencies(_root, []);
        AddDefaults(_root, _defaults, []);
        _diagnostics.AddRange(_tracer.Needs);
        CheckKeys(given, _defaults, [], _tracer.Used, isGiven: true);
        foreach (var child in _root.Dependencies)
        {
            if (_chart.Values[child.Name] is MapValue forChild && ChartDefaults(child) is { } own)
            {
                CheckKeys(forChild, own, [child.Name], _tracer.Used.Find(child.Name) ?? new UsedPaths(), isGiven: false);
            }
        }

        CheckUses(_chart.Values, [], _tracer.Used);
        return new ValuesInspection([.. List(_defaults, [], _tracer.Used)], _diagnostics);
    }

    private static void Enabled(ChartInstance chart, HashSet<string> paths)
    {
        paths.Add(chart.FullPath);
        foreach (var child in chart.Dependencies)
        {
            Enabled(child, paths);
        }
    }

    /// <summary>Conditions, tags and imports of <c>Chart.yaml</c> are uses too.</summary>
    private void UseByDependencies(ChartInstance chart, IReadOnlyList<string> path)
    {
        foreach (var requirement in chart.Source.Metadata.Dependencies ?? [])
        {
            var file = new SourceSpan($"{chart.FullPath}/Chart.yaml", 0, 0);
            foreach (var condition in requirement!.Condition.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                _tracer.Use([.. path, .. condition.Split('.')], isWhole: true, file);
            }

            foreach (var tag in requirement.Tags ?? [])
            {
                _tracer.Use(["tags", tag], isWhole: true, file);
            }

            var name = requirement.Alias.Length > 0 ? requirement.Alias : requirement.Name;
            foreach (var import in requirement.ImportValues ?? [])
            {
                var child = import is MapValue map ? map.GetString("child") : $"exports.{import}";
                if (child is not null)
                {
                    _tracer.Use([.. path, name, .. child.Split('.')], isWhole: true, file);
                }
            }
        }

        foreach (var child in chart.Dependencies)
        {
            UseByDependencies(child, [.. path, child.Name]);
        }
    }

    /// <summary>The defaults of all charts in one tree, a parent's over those of its subcharts.</summary>
    private void AddDefaults(ChartInstance chart, MapValue into, IReadOnlyList<string> path)
    {
        Fill(into, chart.Source.Values);
        foreach (var child in chart.Dependencies)
        {
            if (into[child.Name] is not MapValue below)
            {
                into[child.Name] = below = new MapValue();
            }

            AddDefaults(child, below, [.. path, child.Name]);
            if (below["global"] is MapValue global)
            {
                Fill(_defaults.GetOrAddMap("global"), global);
            }
        }
    }

    private static void Fill(MapValue into, MapValue from)
    {
        foreach (var (key, value) in from)
        {
            if (into[key] is MapValue existing && value is MapValue map)
            {
                Fill(existing, map);
            }
            else if (!into.ContainsKey(key))
            {
                into.Set(key, value.DeepClone(), from.KeySpan(key));
            }
        }
    }

    /// <summary>What a subchart knows without its parents.</summary>
    private static MapValue? ChartDefaults(ChartInstance chart)
    {
        var defaults = chart.Source.Values.DeepClone();
        foreach (var child in chart.Dependencies)
        {
            if (ChartDefaults(child) is { } below)
            {
                Fill(defaults.GetOrAddMap(child.Name), below);
            }
        }

        return defaults;
    }

    /// <summary>Tells of keys that neither defaults nor templates know. Below a value that is taken whole everything is allowed.</summary>
    private void CheckKeys(MapValue written, MapValue? defaults, IReadOnlyList<string> path, UsedPaths? used, bool isGiven)
    {
        if (used?.IsWhole == true)
        {
            return;
        }

        foreach (var (key, value) in written)
        {
            if (path.Count > 0 && key == "global")
            {
                continue;
            }

            var below = used?.Find(key);
            var standard = defaults?[key];
            if (below is null && standard is null)
            {
                var known = (defaults?.Keys ?? []).Concat(used?.Keys ?? []).ToList();
                var nearest = NearestName.Find(key, known);
                _diagnostics.Add(Diagnostic.Warning(
                    "values-unknown-key",
                    $"'{Join(path, key)}' is not a value of this chart",
                    written.KeySpan(key),
                    nearest is null ? null : $"did you mean '{nearest}'?"));
            }
            else if (below is null && isGiven)
            {
                _diagnostics.Add(Diagnostic.Warning("values-unused", $"'{Join(path, key)}' is set, but no template uses it", written.KeySpan(key)));
            }
            else if (value is MapValue map)
            {
                CheckKeys(map, standard as MapValue, [.. path, key], below, isGiven);
            }
        }
    }

    /// <summary>Tells of defaults of the chart itself that no template looks at; a map is told of once.</summary>
    private void CheckUses(MapValue defaults, IReadOnlyList<string> path, UsedPaths used)
    {
        foreach (var (key, value) in defaults)
        {
            if (path.Count == 0 && _root.Dependencies.Exists(d => d.Name == key))
            {
                continue;
            }

            var below = used.Find(key);
            if (below is null)
            {
                _diagnostics.Add(Diagnostic.Warning("values-unused", $"no template uses '{Join(path, key)}'", defaults.KeySpan(key)));
            }
            else if (value is MapValue map && !below.IsWhole)
            {
                CheckUses(map, [.. path, key], below);
            }
        }
    }

    private static IEnumerable<ChartValue> List(MapValue? defaults, IReadOnlyList<string> path, UsedPaths? used)
    {
        foreach (var (key, value) in defaults ?? [])
        {
            var below = used?.Find(key);
            if (value is MapValue { Count: > 0 } map && below?.IsWhole != true)
            {
                foreach (var inner in List(map, [.. path, key], below))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new ChartValue(Join(path, key), value, defaults!.KeySpan(key), below?.Uses ?? []);
            }
        }

        foreach (var (key, below) in (used?.Below ?? []).Where(b => b.Key != TracedPlace.Any && defaults?.ContainsKey(b.Key) != true).OrderBy(b => b.Key, GoString.Comparer))
        {
            if (below.Uses.Count > 0)
            {
                yield return new ChartValue(Join(path, key), null, default, below.Uses);
            }

            foreach (var inner in List(null, [.. path, key], below))
            {
                yield return inner;
            }
        }
    }

    private static string Join(IReadOnlyList<string> path, string key) => path.Count == 0 ? key : $"{string.Join('.', path)}.{key}";
}
