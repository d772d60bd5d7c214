using Weir.GoTemplate.Tracing;
using Weir.Values;

namespace Weir.Helm;

/// <summary>Follows the templates of a chart and its subcharts and gathers what they look at in the release's values.</summary>
internal sealed class ChartTracer : TemplateTracer
{
    private const string Global = "global";

    private readonly MapValue _values;
    private readonly HashSet<string> _enabled;
    private readonly List<(IReadOnlyList<string> Path, Diagnostic Diagnostic)> _needs = [];
    private readonly List<IReadOnlyList<string>> _set = [];
    private readonly List<List<string>> _charts = [];

    /// <param name="templates">All templates of the tree.</param>
    /// <param name="root">The chart with every subchart that its entries can ask for.</param>
    /// <param name="values">The values as templates would see them.</param>
    /// <param name="enabled">The full paths of the charts that these values leave in.</param>
    public ChartTracer(ChartTemplates templates, ChartInstance root, MapValue values, HashSet<string> enabled)
        : base(templates.Set)
    {
        _values = values;
        _enabled = enabled;
        AddChart(root, []);
    }

    public UsedPaths Used { get; } = new();

    /// <summary>What templates need and do not get, apart from what they set themselves.</summary>
    public IEnumerable<Diagnostic> Needs =>
        _needs.Where(n => !_set.Exists(s => s.Count <= n.Path.Count && s.SequenceEqual(n.Path.Take(s.Count)))).Select(n => n.Diagnostic).DistinctBy(d => d.Message);

    /// <summary>Traces every file that a release renders.</summary>
    public void Trace(ChartInstance root) => Trace(root, []);

    /// <summary>The path as all charts share it: a global value is the same below every chart.</summary>
    public IReadOnlyList<string> Normalize(IReadOnlyList<string> path)
    {
        foreach (var chart in _charts)
        {
            if (chart.Count > 0 && path.Count > chart.Count && path[chart.Count] == Global && chart.SequenceEqual(path.Take(chart.Count)))
            {
                return [.. path.Skip(chart.Count)];
            }
        }

        return path;
    }

    public void Use(IReadOnlyList<string> path, bool isWhole, SourceSpan at) => Used.Add(Normalize(path), isWhole, at);

    protected override void OnUse(TracedPlace place, TraceUse use, SourceSpan at) => Use(place.Keys, use == TraceUse.Whole, at);

    protected override void OnNil(TracedPlace place, string key, SourceSpan at) => _needs.Add((place.Keys, Diagnostic.Error(
        "values-missing",
        $"the template reads '{key}' of '{place}', which no file gives",
        at,
        $"set {place}.{key}, or write (.Values.{place}).{key} in the template if it may be absent")));

    protected override void OnRequired(TracedValue value, string message, SourceSpan at)
    {
        var place = value as TracedPlace;
        _needs.Add((place?.Keys ?? [], Diagnostic.Error(
            "values-required",
            place is null ? $"a value is required: {message}" : $"'{place}' is required and no file gives it: {message}",
            at,
            place is null ? null : $"set {place}")));
    }

    protected override void OnSet(TracedPlace place) => _set.Add(place.Keys);

    protected override Value? Find(TracedPlace place)
    {
        Value? value = _values;
        foreach (var key in place.Keys)
        {
            value = (value as MapValue)?[key];
        }

        return value;
    }

    private void AddChart(ChartInstance chart, List<string> path)
    {
        _charts.Add(path);
        foreach (var child in chart.Dependencies)
        {
            AddChart(child, [.. path, child.Name]);
        }
    }

    private TracedFields Trace(ChartInstance chart, IReadOnlyList<string> path)
    {
        var subcharts = new TracedFields($"{chart.FullPath}:subcharts");
        foreach (var child in chart.Dependencies)
        {
            subcharts.Fields[child.Name] = Trace(child, [.. path, child.Name]);
        }

        var scope = Scope(chart, path, subcharts, null);
        foreach (var template in ChartTemplates.Of(chart))
        {
            var file = $"{chart.FullPath}/{template.Name}";
            if (!FilePath.Name(file).StartsWith('_'))
            {
                Trace(file, Scope(chart, path, subcharts, file), _enabled.Contains(chart.FullPath));
            }
        }

        return scope;
    }

    private static TracedFields Scope(ChartInstance chart, IReadOnlyList<string> path, TracedFields subcharts, string? file)
    {
        var template = new TracedFields($"{file}:template");
        template.Fields["BasePath"] = new TracedText($"{chart.FullPath}/templates");
        if (file is not null)
        {
            template.Fields["Name"] = new TracedText(file);
        }

        var scope = new TracedFields(chart.FullPath);
        scope.Fields["Values"] = new TracedPlace(path);
        scope.Fields["Subcharts"] = subcharts;
        scope.Fields["Template"] = template;
        return scope;
    }
}
