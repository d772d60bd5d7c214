using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>The checks of <c>helm lint</c> with places, and those of <see cref="ValuesInspector"/>.</summary>
public sealed partial class ChartLint
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".tpl", ".txt"];

    private static readonly string[] MetadataKeys =
    [
        "name", "home", "sources", "version", "description", "keywords", "maintainers", "icon", "apiVersion", "condition", "tags",
        "appVersion", "deprecated", "annotations", "kubeVersion", "dependencies", "type", "engine", "tillerVersion",
    ];

    private readonly Chart _chart;
    private readonly string _folder;
    private readonly MapValue _metadata;
    private readonly List<Diagnostic> _diagnostics = [];

    private ChartLint(Chart chart, string folder)
    {
        _chart = chart;
        _folder = folder;
        var text = chart.Raw.FirstOrDefault(f => f.Name == "Chart.yaml")?.Text ?? "";
        _metadata = YamlReader.Read(text, new YamlReadOptions { File = Path("Chart.yaml") }).Result as MapValue ?? new MapValue();
    }

    /// <summary>Everything there is to say of a chart with these values.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="folder">What places call the chart's folder.</param>
    /// <param name="values">The values laid over the defaults.</param>
    /// <param name="release">The release that is rendered.</param>
    /// <param name="capabilities">The cluster; <see langword="null"/> for Helm's assumption.</param>
    /// <param name="options">How to render.</param>
    public static IReadOnlyList<Diagnostic> Check(
        Chart chart,
        string folder,
        MapValue values,
        ReleaseOptions release,
        Capabilities? capabilities = null,
        RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var lint = new ChartLint(chart, folder);
        lint.CheckMetadata();
        lint.CheckTemplates(values, release, capabilities ?? Capabilities.Default, options ?? RenderOptions.Default);
        lint._diagnostics.AddRange(ValuesInspector.Inspect(chart, values).Diagnostics.Where(d => !lint._diagnostics.Exists(o => o.Span == d.Span && o.Severity == Severity.Error)));
        return [.. lint._diagnostics.Select(lint.InFolder)];
    }

    private void CheckMetadata()
    {
        var metadata = _chart.Metadata;
        foreach (var key in _metadata.Keys.Where(k => !MetadataKeys.Contains(k, StringComparer.Ordinal)))
        {
            Say(Severity.Warning, key, $"unknown field \"{key}\"", NearestName.Find(key, MetadataKeys) is { } nearest ? $"did you mean '{nearest}'?" : null);
        }

        foreach (var key in new[] { "version", "appVersion" })
        {
            if (_metadata[key] is { } value and not (StringValue or NullValue))
            {
                Say(Severity.Error, key, $"{key} should be of type string but it's of type {(value is IntValue or FloatValue ? "float64" : "another kind")}", "put it in quotes");
            }
        }

        Check("apiVersion", metadata.ApiVersion is "v1" or "v2", Severity.Error, $"apiVersion '{metadata.ApiVersion}' is not valid. The value must be either \"v1\" or \"v2\"");
        Check("version", !SemanticVersion.TryParse(metadata.Version, out _) || StrictVersion().IsMatch(metadata.Version), Severity.Warning, $"version '{metadata.Version}' is not a valid SemVerV2");
        Check("icon", metadata.Icon.Length > 0 || _chart.IsLibrary, Severity.Info, "icon is recommended");
        Check("icon", metadata.Icon.Length == 0 || IsUrl(metadata.Icon), Severity.Error, $"invalid icon URL '{metadata.Icon}'");
        Check("type", metadata.Type.Length == 0 || metadata.ApiVersion != "v1", Severity.Error, "chart type is not valid in apiVersion 'v1'. It is valid in apiVersion 'v2'");
        Check("dependencies", !_metadata.ContainsKey("dependencies") || metadata.ApiVersion != "v1", Severity.Error, "dependencies are not valid in the Chart file with apiVersion 'v1'. They are valid in apiVersion 'v2'");
        foreach (var maintainer in metadata.Maintainers ?? [])
        {
            Check("maintainers", maintainer!.Name.Length > 0, Severity.Error, "each maintainer requires a name");
            Check("maintainers", maintainer.Email.Length == 0 || maintainer.Email.IndexOf('@', StringComparison.Ordinal) > 0, Severity.Error, $"invalid email '{maintainer.Email}' for maintainer '{maintainer.Name}'");
            Check("maintainers", maintainer.Url.Length == 0 || IsUrl(maintainer.Url), Severity.Error, $"invalid url '{maintainer.Url}' for maintainer '{maintainer.Name}'");
        }

        foreach (var source in metadata.Sources ?? [])
        {
            Check("sources", IsUrl(source), Severity.Error, $"invalid source URL '{source}'");
        }

        if (ChartDependencies.Missing(_chart) is { Count: > 0 } missing)
        {
            Say(Severity.Warning, "dependencies", $"chart directory is missing these dependencies: {string.Join(",", missing)}", "run 'helm dependency build'");
        }
    }

    private void CheckTemplates(MapValue values, ReleaseOptions release, Capabilities capabilities, RenderOptions options)
    {
        if (_chart.IsLibrary)
        {
            return;
        }

        Check("", _chart.Templates.Count > 0 || _chart.Dependencies.Count > 0, Severity.Warning, "templates/: directory does not exist");
        foreach (var template in _chart.Templates.Where(t => !Extensions.Contains(System.IO.Path.GetExtension(t.Name), StringComparer.Ordinal)))
        {
            Add(Severity.Error, new SourceSpan(Path(template.Name), 0, 0), $"file extension '{System.IO.Path.GetExtension(template.Name)}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt", null);
        }

        var rendering = HelmRenderer.Render(_chart, release, values, capabilities, options with { LintMode = true, RequireDependencies = false });
        _diagnostics.AddRange(rendering.Diagnostics.Where(d => d.Code != "helm-deprecated"));
        var minor = int.TryParse(capabilities.KubeVersion.Minor, CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue;
        foreach (var manifest in rendering.Manifests)
        {
            CheckManifest(manifest.Source, manifest.Object, minor);
        }

        foreach (var hook in rendering.Hooks)
        {
            CheckManifest(hook.Source, hook.Object, minor);
        }
    }

    private void CheckManifest(string source, MapValue? document, int minor)
    {
        if (document is null)
        {
            return;
        }

        var (kind, name) = (document.GetString("kind") ?? "", document.GetMap("metadata")?.GetString("name"));
        var span = new SourceSpan(source, 0, 0);
        if (kind.Length == 0 || document.GetString("apiVersion") is not { Length: > 0 } apiVersion)
        {
            Add(Severity.Error, span, "the template writes an object without apiVersion or kind", null);
            return;
        }

        if (kind is not ("List" or "CertificateSigningRequest") && name is not null && !IsName(kind, name))
        {
            Add(Severity.Warning, span, $"object name does not conform to Kubernetes naming requirements: \"{name}\"", null);
        }

        if (RemovedApi.Check(apiVersion, kind, minor) is var (message, hint))
        {
            Add(Severity.Warning, span, message, hint);
        }

        if (kind is "Deployment" or "ReplicaSet" or "DaemonSet" or "StatefulSet"
            && document.At("spec", "selector", "matchLabels") is null && document.At("spec", "selector", "matchExpressions") is null)
        {
            Add(Severity.Error, span, $"a {kind} must contain matchLabels or matchExpressions, and \"{name}\" does not", null);
        }

        if (kind == "List" && (document.GetList("items") ?? []).Any(i => i.At("metadata", "annotations", "helm.sh/resource-policy") is not null))
        {
            Add(Severity.Error, span, "annotation 'helm.sh/resource-policy' within List objects are ignored", null);
        }
    }

    private static bool IsName(string kind, string name) => kind switch
    {
        "Role" or "ClusterRole" or "RoleBinding" or "ClusterRoleBinding" => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '%') < 0,
        "Service" => name.Length <= 63 && ServiceName().IsMatch(name),
        "Namespace" => name.Length <= 63 && !name.Contains('.', StringComparison.Ordinal) && ObjectName().IsMatch(name),
        _ => name.Length <= 253 && ObjectName().IsMatch(name),
    };

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0;

    private void Check(string key, bool isRight, Severity severity, string message)
    {
        if (!isRight)
        {
            Say(severity, key, message, null);
        }
    }

    private void Say(Severity severity, string key, string message, string? hint)
    {
        var span = _metadata.KeySpan(key);
        Add(severity, span.IsKnown ? span : new SourceSpan(Path("Chart.yaml"), 0, 0), message, hint);
    }

    private void Add(Severity severity, SourceSpan span, string message, string? hint) =>
        _diagnostics.Add(new Diagnostic("helm-lint", severity, message, span, hint));

    /// <summary>Templates are called by the chart's name; a person looks for them in its folder.</summary>
    private Diagnostic InFolder(Diagnostic diagnostic) =>
        diagnostic.Span.File is { } file && file.StartsWith(_chart.Name + "/", StringComparison.Ordinal) && !file.StartsWith(_folder + "/", StringComparison.Ordinal)
            ? diagnostic with { Span = diagnostic.Span with { File = Path(file[(_chart.Name.Length + 1)..]) } }
            : diagnostic;

    private string Path(string file) => _folder.Length == 0 ? file : $"{_folder}/{file}";

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-((0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z")]
    private static partial Regex StrictVersion();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex ObjectName();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex ServiceName();
}
