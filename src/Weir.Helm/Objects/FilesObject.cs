using Weir.GoTemplate;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary><c>.Files</c>: the files of a chart by path, or those of them that a pattern chose.</summary>
internal sealed class FilesObject : GoObject
{
    private static readonly ReflectType FilesType = ReflectType.Named("engine.files", ReflectType.MapOf(ReflectType.String, ReflectType.Bytes));
    private static readonly Signature TextOfPath = Signature.Parse("func(string) string");
    private static readonly Signature Text = Signature.Parse("func() string");
    private static readonly Signature BytesOfPath = Signature.Parse("func(string) []uint8");
    private static readonly Signature LinesOfPath = Signature.Parse("func(string) []string");
    private static readonly Signature FilesOfPattern = new([ReflectType.String], isVariadic: false, FilesType);

    private readonly Dictionary<string, ChartFile> _files;
    private MapValue? _map;

    private FilesObject(Dictionary<string, ChartFile> files) => _files = files;

    public override ReflectType Type => FilesType;

    public override Value Underlying => _map ??= BuildMap();

    public static FilesObject Of(IEnumerable<ChartFile> files)
    {
        var byName = new Dictionary<string, ChartFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            byName[file.Name] = file;
        }

        return new FilesObject(byName);
    }

    public override TemplateFunction? GetMethod(string name) => name switch
    {
        "Get" => new(name, TextOfPath, (_, a) => new StringValue(Find(a.String(0))?.Text ?? "")),
        "GetBytes" => new(name, BytesOfPath, (_, a) => new BytesObject(Find(a.String(0))?.Data ?? default)),
        "Glob" => new(name, FilesOfPattern, (_, a) => Glob(a.String(0))),
        "AsConfig" => new(name, Text, (_, _) => ToYaml(f => f.Text)),
        "AsSecrets" => new(name, Text, (_, _) => ToYaml(f => Convert.ToBase64String(f.Data.Span))),
        "Lines" => new(name, LinesOfPath, (context, a) => Lines(context, a.String(0))),
        _ => null,
    };

    private ChartFile? Find(string path) => _files.GetValueOrDefault(path);

    private FilesObject Glob(string pattern)
    {
        var glob = GlobPattern.Parse(pattern);
        return Of(_files.Values.Where(f => glob.IsMatch(f.Name)));
    }

    private StringValue ToYaml(Func<ChartFile, string> content)
    {
        var map = new MapValue { ElementType = ElementType.String };
        foreach (var (name, file) in _files.OrderBy(f => f.Key, GoString.Comparer))
        {
            map[FilePath.Name(name)] = content(file);
        }

        return new StringValue(HelmText.WithoutLastLineBreak(YamlWriter.Write(map)));
    }

    private Value? Lines(CallContext context, string path)
    {
        if (Find(path) is not { } file)
        {
            return new ListValue { ElementType = ElementType.String };
        }

        if (file.Data.IsEmpty)
        {
            return context.Fail("runtime error: index out of range [-1]");
        }

        return new ListValue(HelmText.WithoutLastLineBreak(file.Text).Split('\n').Select(l => (Value)new StringValue(l))) { ElementType = ElementType.String };
    }

    private MapValue BuildMap()
    {
        var map = new MapValue(_files.Count);
        foreach (var (name, file) in _files.OrderBy(f => f.Key, GoString.Comparer))
        {
            map[name] = new BytesObject(file.Data);
        }

        return map;
    }
}
