using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>
/// Loads charts from a directory, from a packed chart or from files at hand, as Helm 4.2 does. Messages of errors are
/// Helm's; warnings tell of what Helm passes over.
/// </summary>
public sealed class ChartLoader
{
    private readonly ChartLimits _limits;
    private readonly List<Diagnostic> _diagnostics = [];

    private ChartLoader(ChartLimits limits) => _limits = limits;

    /// <summary>A chart in a directory of a tree. Links are followed as far as the tree allows.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="directory">Where the chart stands in the tree.</param>
    /// <param name="name">What messages call the directory.</param>
    /// <param name="limits">How large it may be.</param>
    public static Parsed<Chart> LoadDirectory(IFileTree tree, string directory = "", string? name = null, ChartLimits? limits = null)
    {
        var loader = new ChartLoader(limits ?? ChartLimits.Default);
        var files = new List<ChartFile>();
        var label = name ?? directory;
        if (loader.ReadIgnore(tree, directory, label) is not { } rules || !loader.Walk(tree, directory, "", rules, files))
        {
            return new(null, loader._diagnostics);
        }

        return loader.Finish(loader.Build(files, label, 0));
    }

    /// <summary>A chart in the bytes of a packed chart. <c>.helmignore</c> counts for directories only.</summary>
    public static Parsed<Chart> LoadArchive(ReadOnlyMemory<byte> archive, string? name = null, ChartLimits? limits = null)
    {
        var loader = new ChartLoader(limits ?? ChartLimits.Default);
        var read = ChartArchive.Read(archive, name, loader._limits);
        return read.TryGet(out var files)
            ? loader.Finish(loader.Build(files, name ?? "", 0))
            : new(null, read.Diagnostics);
    }

    /// <summary>A chart of files with paths relative to it.</summary>
    public static Parsed<Chart> LoadFiles(IReadOnlyList<ChartFile> files, string? name = null, ChartLimits? limits = null)
    {
        var loader = new ChartLoader(limits ?? ChartLimits.Default);
        return loader.Finish(loader.Build(files, name ?? "", 0));
    }

    private Parsed<Chart> Finish(Chart? chart) => new(chart, _diagnostics);

    private HelmIgnore? ReadIgnore(IFileTree tree, string directory, string label)
    {
        var text = tree.TryRead(Join(directory, HelmIgnore.FileName)) is { } bytes ? GoString.FromBytes(bytes.Span) : "";
        var (rules, error) = HelmIgnore.Parse(text, Join(label, HelmIgnore.FileName));
        if (error is null)
        {
            return rules;
        }

        _diagnostics.Add(error);
        return null;
    }

    private bool Walk(IFileTree tree, string directory, string path, HelmIgnore rules, List<ChartFile> files)
    {
        foreach (var entry in tree.List(Join(directory, path)))
        {
            var relative = Join(path, entry.Name);
            if (rules.IsIgnored(relative, entry.IsDirectory))
            {
                continue;
            }

            if (entry.IsDirectory)
            {
                if (relative.Length > 4096)
                {
                    return Fail($"the directory {GoQuote.Quote(relative[..64])}... is nested too deeply", hint: "look for a link that leads to its own folder");
                }

                if (!Walk(tree, directory, relative, rules, files))
                {
                    return false;
                }

                continue;
            }

            var full = Join(directory, relative);
            if (tree.TryRead(full) is not { } data)
            {
                return Fail($"error reading {relative}: it cannot be read", hint: "a link must not lead out of the chart's source, and the file must be readable");
            }

            if (data.Length > _limits.MaxFileBytes)
            {
                return Fail($"chart file {GoQuote.Quote(entry.Name)} is larger than the maximum file size {_limits.MaxFileBytes}");
            }

            if (files.Count == _limits.MaxFiles)
            {
                return Fail($"the chart has more than {_limits.MaxFiles} files");
            }

            files.Add(new ChartFile(relative, data));
        }

        return true;
    }

    private Chart? Build(IReadOnlyList<ChartFile> files, string label, int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            Fail($"charts are nested deeper than {_limits.MaxDepth}");
            return null;
        }

        ChartMetadata? metadata = null;
        foreach (var file in files)
        {
            if (file.Name == "Chart.yaml")
            {
                if (ReadMetadata(file, label, metadata ?? new ChartMetadata()) is not { } read)
                {
                    return null;
                }

                metadata = read.ApiVersion.Length == 0 ? read with { ApiVersion = "v1" } : read;
            }
        }

        var templates = new List<ChartFile>();
        var others = new List<ChartFile>();
        var subcharts = new SortedDictionary<string, List<ChartFile>>(GoString.Comparer);
        MapValue? values = null;
        MapValue? locked = null;
        ChartFile? schema = null;
        foreach (var file in files)
        {
            switch (file.Name)
            {
                case "Chart.yaml":
                    break;
                case "Chart.lock":
                    if (!ReadLock(file, label, out locked))
                    {
                        return null;
                    }

                    break;
                case "values.yaml":
                    var read = ValuesReader.Read(file.Text, Join(label, file.Name));
                    if (!Take(read, "cannot load values.yaml: "))
                    {
                        return null;
                    }

                    values = read.Result;
                    break;
                case "values.schema.json":
                    schema = file;
                    break;
                case "requirements.yaml":
                    WarnOfRequirements(metadata, "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.");
                    if (ReadMetadata(file, label, metadata ?? new ChartMetadata()) is not { } laid)
                    {
                        return null;
                    }

                    metadata = laid;
                    AddIfV1(metadata, file, others);
                    break;
                case "requirements.lock":
                    if (!ReadLock(file, label, out locked))
                    {
                        return null;
                    }

                    metadata ??= new ChartMetadata();
                    WarnOfRequirements(metadata, "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.");
                    AddIfV1(metadata, file, others);
                    break;
                case var name when name.StartsWith("templates/", StringComparison.Ordinal):
                    templates.Add(file);
                    break;
                case var name when name.StartsWith("charts/", StringComparison.Ordinal):
                    if (name.EndsWith(".prov", StringComparison.Ordinal))
                    {
                        others.Add(file);
                        break;
                    }

                    AddToSubchart(file, subcharts);
                    break;
                default:
                    others.Add(file);
                    break;
            }
        }

        if (metadata is null)
        {
            Fail("Chart.yaml file is missing");
            return null;
        }

        (metadata, var broken) = ChartMetadataRules.Check(metadata);
        if (broken is not null)
        {
            Fail(broken, new SourceSpan(Join(label, "Chart.yaml"), 1, 1));
            return null;
        }

        if (BuildSubcharts(metadata.Name, subcharts, label, depth) is not { } dependencies)
        {
            return null;
        }

        return new Chart
        {
            Metadata = metadata,
            Templates = templates,
            Files = others,
            Raw = files,
            Values = values ?? new MapValue(),
            Schema = schema,
            Lock = locked,
            Dependencies = dependencies,
        };
    }

    private List<Chart>? BuildSubcharts(string parent, SortedDictionary<string, List<ChartFile>> subcharts, string label, int depth)
    {
        var charts = new List<Chart>(subcharts.Count);
        foreach (var (name, files) in subcharts)
        {
            if (name[0] is '_' or '.')
            {
                continue;
            }

            var before = _diagnostics.Count;
            var chart = name.EndsWith(".tgz", StringComparison.Ordinal)
                ? BuildPacked(parent, name, files[0], label, depth)
                : Build([.. files.Where(f => f.Name.Contains('/', StringComparison.Ordinal)).Select(f => f.Renamed(f.Name[(f.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]))], Join(label, "charts/" + name), depth + 1);
            if (chart is null)
            {
                Explain(before, $"error unpacking subchart {name} in {parent}: ");
                return null;
            }

            charts.Add(chart);
        }

        return charts;
    }

    private Chart? BuildPacked(string parent, string name, ChartFile archive, string label, int depth)
    {
        if (archive.Name != name)
        {
            Fail($"error unpacking subchart tar in {parent}: expected {name}, got {archive.Name}");
            return null;
        }

        var read = ChartArchive.Read(archive.Data, null, _limits);
        _diagnostics.AddRange(read.Diagnostics);
        return read.TryGet(out var files) ? Build(files, Join(label, "charts/" + name), depth + 1) : null;
    }

    private static void AddToSubchart(ChartFile file, SortedDictionary<string, List<ChartFile>> subcharts)
    {
        var name = file.Name["charts/".Length..];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var folder = slash < 0 ? name : name[..slash];
        if (folder.Length == 0)
        {
            return;
        }

        if (!subcharts.TryGetValue(folder, out var files))
        {
            subcharts[folder] = files = [];
        }

        files.Add(file.Renamed(name));
    }

    private static void AddIfV1(ChartMetadata metadata, ChartFile file, List<ChartFile> others)
    {
        if (metadata.ApiVersion == "v1")
        {
            others.Add(file);
        }
    }

    private void WarnOfRequirements(ChartMetadata? metadata, string message)
    {
        if (metadata?.ApiVersion != "v1")
        {
            _diagnostics.Add(Diagnostic.Warning("helm-requirements", message));
        }
    }

    private ChartMetadata? ReadMetadata(ChartFile file, string label, ChartMetadata metadata)
    {
        var read = ReadYaml(file, label);
        if (read is null)
        {
            return null;
        }

        var (result, error) = ChartMetadataReader.Apply(read, metadata);
        if (error is null)
        {
            return result;
        }

        Fail($"cannot load {file.Name}: error unmarshaling JSON: while decoding JSON: {error}", new SourceSpan(Join(label, file.Name), 1, 1));
        return null;
    }

    private bool ReadLock(ChartFile file, string label, out MapValue? locked)
    {
        var read = ReadYaml(file, label);
        locked = read as MapValue;
        return read is MapValue or NullValue
            || (read is not null && Fail($"cannot load {file.Name}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {StructReader.JsonKind(read)} into Go value of type v2.Lock"));
    }

    private Value? ReadYaml(ChartFile file, string label)
    {
        var read = YamlReader.Read(file.Text, new YamlReadOptions { File = Join(label, file.Name) });
        return Take(read, $"cannot load {file.Name}: {ValuesReader.YamlErrorPrefix}") ? read.Result : null;
    }

    /// <summary>Keeps what reading said, with the words of the outer step before each error. False when there is an error.</summary>
    private bool Take<T>(Parsed<T> read, string prefix)
        where T : class
    {
        var before = _diagnostics.Count;
        _diagnostics.AddRange(read.Diagnostics);
        Explain(before, prefix);
        return !read.HasErrors;
    }

    private void Explain(int from, string prefix)
    {
        for (var i = from; i < _diagnostics.Count; i++)
        {
            if (_diagnostics[i].Severity == Severity.Error)
            {
                _diagnostics[i] = _diagnostics[i] with { Message = prefix + _diagnostics[i].Message };
            }
        }
    }

    private bool Fail(string message, SourceSpan span = default, string? hint = null)
    {
        _diagnostics.Add(Diagnostic.Error("helm-chart", message, span, hint));
        return false;
    }

    private static string Join(string directory, string name) =>
        directory.Length == 0 ? name : name.Length == 0 ? directory : $"{directory}/{name}";
}
