using System.Text;
using Weir.Values;

namespace Weir.Helm;

/// <summary>What a chart becomes with these values: the bytes of Helm 4.2.4, as a pure function.</summary>
public sealed class HelmRenderer
{
    private const string NotesSuffix = "NOTES.txt";

    private readonly Chart _chart;
    private readonly ReleaseOptions _release;
    private readonly Capabilities _capabilities;
    private readonly RenderOptions _options;
    private readonly List<Diagnostic> _diagnostics = [];

    private HelmRenderer(Chart chart, ReleaseOptions release, Capabilities capabilities, RenderOptions options)
    {
        _chart = chart;
        _release = release;
        _capabilities = capabilities;
        _options = options;
    }

    /// <summary>Renders a chart. Neither the chart nor the values are changed; many renderings of one chart may run at once.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="release">The release's name and namespace.</param>
    /// <param name="values">What is laid over the chart's defaults; a null in it removes a default.</param>
    /// <param name="capabilities">What the cluster can do; <see langword="null"/> for Helm's assumption without a cluster.</param>
    /// <param name="options">How to render; <see langword="null"/> for the defaults.</param>
    public static HelmRendering Render(
        Chart chart,
        ReleaseOptions release,
        MapValue values,
        Capabilities? capabilities = null,
        RenderOptions? options = null) =>
        new HelmRenderer(chart, release, capabilities ?? Capabilities.Default, options ?? RenderOptions.Default).Render(values);

    /// <summary>The same rendering with other files (path and text) in place of what the templates wrote; or the error.</summary>
    public static (HelmRendering Rendering, Diagnostic? Error) Sort(HelmRendering rendering, IEnumerable<KeyValuePair<string, string>> files)
    {
        var (manifests, hooks, invalid) = ManifestSorter.Sort(files);
        return (rendering with { Manifests = manifests, Hooks = hooks }, invalid);
    }

    private HelmRendering Render(MapValue values)
    {
        if (_chart.Metadata.Type is not ("" or "application"))
        {
            return Failed(Error($"{_chart.Metadata.Type} charts are not installable"));
        }

        if (_chart.Metadata.Deprecated)
        {
            _diagnostics.Add(Diagnostic.Warning("helm-deprecated", "this chart is deprecated"));
        }

        if (_options.RequireDependencies && ChartDependencies.Missing(_chart) is { Count: > 0 } missing)
        {
            return Failed(Error(
                "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: "
                + $"found in Chart.yaml, but missing in charts/ directory: {string.Join(", ", missing)}"));
        }

        var instance = ChartInstance.Of(_chart);
        ChartDependencies.Process(instance, values, _diagnostics);
        if (HasErrors)
        {
            return Failed("chart dependencies processing failed: ");
        }

        var coalesced = ValuesCoalescing.Coalesce(instance, values, _diagnostics);
        if (HasErrors)
        {
            return Failed("");
        }

        var rendering = new HelmRendering { Instance = instance, Values = coalesced, IncludesCrds = _options.IncludeCrds };
        if (!_options.SkipSchemaValidation && SchemaValidation.Check(instance, coalesced, _options.Schemas) is { } findings)
        {
            _diagnostics.AddRange(findings);
            if (HasErrors)
            {
                return rendering with { Diagnostics = _diagnostics };
            }
        }

        rendering = rendering with { ReachedTemplates = true };
        var range = _chart.Metadata.KubeVersion;
        if (range.Length > 0 && !ChartDependencies.IsCompatible(range, _capabilities.KubeVersion.Normalized))
        {
            return rendering with
            {
                Diagnostics = [.. _diagnostics, Error($"chart requires kubeVersion: {range} which is incompatible with Kubernetes {_capabilities.KubeVersion.Version}")],
            };
        }

        // Templates may change their values; the values reported are those before the first template.
        return Execute(instance, coalesced.DeepClone(), rendering);
    }

    private HelmRendering Execute(ChartInstance root, MapValue values, HelmRendering rendering)
    {
        var templates = ChartTemplates.For(root, _options.Strict);
        if (templates.Error is { } unreadable)
        {
            return rendering with { Diagnostics = [.. _diagnostics, unreadable] };
        }

        var scopes = RenderScopes.Of(root, values, _release, _capabilities);
        var host = new HelmHost(_release, _options);
        var files = new List<KeyValuePair<string, string>>();
        var notes = new SortedDictionary<string, string>(GoString.Comparer);
        foreach (var path in templates.Order)
        {
            if (FilePath.Name(path).StartsWith('_'))
            {
                continue;
            }

            var result = templates.Set.Execute(path, scopes.For(path), host, _options.Limits);
            if (!result.Succeeded)
            {
                return rendering with { Diagnostics = [.. _diagnostics, RenderErrors.OfExecuting(result.Error)] };
            }

            var text = HelmText.WithoutNoValue(result.Text);
            if (!path.EndsWith(NotesSuffix, StringComparison.Ordinal))
            {
                files.Add(new(path, text));
            }
            else if (_options.SubchartNotes || path == $"{root.Name}/templates/{NotesSuffix}")
            {
                notes[path] = text;
            }
        }

        var (manifests, hooks, invalid) = ManifestSorter.Sort(files, _options.OnlyTexts);
        return rendering with
        {
            Manifests = manifests,
            Hooks = hooks,
            Crds = [.. Crds(root)],
            Notes = string.Join('\n', notes.Values),
            Diagnostics = invalid is null ? _diagnostics : [.. _diagnostics, invalid],
        };
    }

    private static IEnumerable<RenderedCrd> Crds(ChartInstance chart)
    {
        foreach (var file in chart.Source.Files)
        {
            if (file.Name.StartsWith("crds/", StringComparison.Ordinal) && IsManifest(file.Name))
            {
                yield return new RenderedCrd($"{chart.FullPath}/{file.Name}", file.Text);
            }
        }

        foreach (var crd in chart.Dependencies.SelectMany(Crds))
        {
            yield return crd;
        }
    }

    private static bool IsManifest(string name) =>
        name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private bool HasErrors => _diagnostics.Exists(d => d.Severity == Severity.Error);

    private HelmRendering Failed(string prefix) => new()
    {
        Diagnostics = [.. _diagnostics.Select(d => d.Severity == Severity.Error ? d with { Message = prefix + d.Message } : d)],
    };

    private HelmRendering Failed(Diagnostic error) => new() { Diagnostics = [.. _diagnostics, error] };

    private static Diagnostic Error(string message) => Diagnostic.Error("helm-chart", message);
}
