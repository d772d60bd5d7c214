using System.Collections.Concurrent;
using System.Text;
using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// The parsed templates of a chart and its subcharts. Parsing depends only on which charts stand where, so it is done
/// once for each such shape of a chart and shared by all its releases.
/// </summary>
internal sealed class ChartTemplates
{
    private const int MaxShapes = 32;

    private ChartTemplates(TemplateSet set, IReadOnlyList<string> order, Diagnostic? error)
    {
        Set = set;
        Order = order;
        Error = error;
    }

    public TemplateSet Set { get; }

    /// <summary>The paths in the order of parsing and executing: the deepest first, and among those the last by name.</summary>
    public IReadOnlyList<string> Order { get; }

    public Diagnostic? Error { get; }

    public static ChartTemplates For(ChartInstance root, bool strict)
    {
        var shape = new StringBuilder(strict ? "strict\n" : "\n");
        Describe(root, shape);
        var shapes = root.Source.ParsedTemplates;
        var key = shape.ToString();
        if (shapes.TryGetValue(key, out var parsed))
        {
            return parsed;
        }

        parsed = Parse(root, strict);
        if (shapes.Count < MaxShapes)
        {
            shapes.TryAdd(key, parsed);
        }

        return parsed;
    }

    /// <summary>The templates of one chart that count: of a library only those that define others.</summary>
    public static IEnumerable<ChartFile> Of(ChartInstance chart) => chart.Source.IsLibrary
        ? chart.Source.Templates.Where(t => FilePath.Name(t.Name).StartsWith('_'))
        : chart.Source.Templates;

    private static void Describe(ChartInstance chart, StringBuilder shape)
    {
        shape.Append(chart.FullPath).Append('=').Append(chart.Source.Id).Append('\n');
        foreach (var dependency in chart.Dependencies)
        {
            Describe(dependency, shape);
        }
    }

    private static ChartTemplates Parse(ChartInstance root, bool strict)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(root, texts);
        var order = texts.Keys.ToList();
        order.Sort(DeepestFirst);
        var set = new TemplateSet(HelmFunctions.Table, new TemplateSetOptions { Name = TemplateFunctions.RootName, MissingKey = strict ? MissingKey.Error : MissingKey.Zero });
        foreach (var path in order)
        {
            if (set.Parse(path, texts[path]) is { } error)
            {
                return new ChartTemplates(set, order, RenderErrors.OfParsing(path, error));
            }
        }

        return new ChartTemplates(set, order, null);
    }

    private static void Collect(ChartInstance chart, Dictionary<string, string> texts)
    {
        foreach (var dependency in chart.Dependencies)
        {
            Collect(dependency, texts);
        }

        var path = chart.FullPath;
        foreach (var template in Of(chart))
        {
            texts[$"{path}/{template.Name}"] = template.Text;
        }
    }

    private static int DeepestFirst(string left, string right)
    {
        var byDepth = right.AsSpan().Count('/') - left.AsSpan().Count('/');
        return byDepth != 0 ? byDepth : GoString.Compare(right, left);
    }
}
