using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// What templates begin with: one map a chart, made once for all its templates, because templates change these maps and
/// see each other's changes.
/// </summary>
internal sealed class RenderScopes
{
    private readonly Dictionary<string, (MapValue Scope, string BasePath)> _byTemplate = new(StringComparer.Ordinal);
    private readonly MapValue _release;
    private readonly CapabilitiesObject _capabilities;

    private RenderScopes(MapValue release, CapabilitiesObject capabilities)
    {
        _release = release;
        _capabilities = capabilities;
    }

    public static RenderScopes Of(ChartInstance root, MapValue values, ReleaseOptions release, Capabilities capabilities)
    {
        var scopes = new RenderScopes(ReleaseMap(release), new CapabilitiesObject(capabilities));
        scopes.Add(root, values);
        return scopes;
    }

    /// <summary>The scope of a template, told which template it is for.</summary>
    public MapValue For(string path)
    {
        var (scope, basePath) = _byTemplate[path];
        scope["Template"] = new ValuesObject(new MapValue { ["Name"] = path, ["BasePath"] = basePath });
        return scope;
    }

    private MapValue Add(ChartInstance chart, MapValue values)
    {
        var subcharts = new MapValue();
        var scope = new MapValue(8)
        {
            ["Chart"] = ChartObject.Of(chart),
            ["Files"] = FilesObject.Of(chart.Source.Files),
            ["Release"] = _release,
            ["Capabilities"] = _capabilities,
            ["Values"] = new ValuesObject(values),
            ["Subcharts"] = subcharts,
        };
        foreach (var child in chart.Dependencies)
        {
            subcharts[child.Name] = Add(child, ValuesPath.Table(values, child.Name) ?? new MapValue());
        }

        var path = chart.FullPath;
        foreach (var template in ChartTemplates.Of(chart))
        {
            _byTemplate[$"{path}/{template.Name}"] = (scope, path + "/templates");
        }

        return scope;
    }

    private static MapValue ReleaseMap(ReleaseOptions release) => new(6)
    {
        ["Name"] = release.Name,
        ["Namespace"] = release.Namespace,
        ["IsUpgrade"] = release.IsUpgrade,
        ["IsInstall"] = !release.IsUpgrade,
        ["Revision"] = new IntValue(release.Revision, IntegerType.Int),
        ["Service"] = "Helm",
    };
}
