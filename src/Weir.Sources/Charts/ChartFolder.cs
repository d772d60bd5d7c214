using System.Security.Cryptography;
using System.Text;
using Weir.Helm;
using Weir.Sources.Files;
using Weir.Sources.Helm;
using Weir.Sources.Mirrors;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Charts;

/// <summary>
/// What a mirror has of charts: one packed or unpacked chart, or a folder of them with or without an <c>index.yaml</c>.
/// </summary>
internal sealed class ChartFolder
{
    private const string IndexFile = "index.yaml";
    private const string MetadataFile = "Chart.yaml";

    private readonly string _path;
    private readonly bool _isArchive;

    private ChartFolder(string path, bool isArchive)
    {
        _path = path;
        _isArchive = isArchive;
    }

    private sealed record Found(ChartMetadata Metadata, string Path, bool IsArchive);

    /// <exception cref="SourceException">Nothing of charts is there.</exception>
    public static ChartFolder At(MirrorMatch mirror)
    {
        var isBare = mirror.Form == MirrorForm.Repository && !Path.Exists(Path.Combine(mirror.Path, ".git"));
        return mirror.Form switch
        {
            MirrorForm.Archive => new ChartFolder(mirror.Path, isArchive: true),
            MirrorForm.Directory or MirrorForm.Repository when !isBare => new ChartFolder(mirror.Path, isArchive: false),
            MirrorForm.Missing => throw new SourceException($"the mirror of {mirror.Mirror.Prefix} has nothing at '{mirror.Path}'", SourceFailure.NotFound),
            _ => throw new SourceException($"the mirror of {mirror.Mirror.Prefix} is no folder of charts: '{mirror.Path}'", SourceFailure.InvalidRequest),
        };
    }

    /// <summary>The index that lies there, or one made of the charts.</summary>
    public byte[] ReadIndex()
    {
        var file = Path.Combine(_path, IndexFile);
        return !_isArchive && File.Exists(file) ? File.ReadAllBytes(file) : MakeIndex();
    }

    /// <summary>The versions of a chart.</summary>
    public HelmIndex Index() => HelmIndex.Read(ReadIndex());

    /// <summary>The only chart, packed.</summary>
    /// <exception cref="SourceException">There is not exactly one.</exception>
    public byte[] ReadChart()
    {
        var all = FindAll();
        return all.Count == 1
            ? Pack(all[0])
            : throw new SourceException($"the mirror '{_path}' has {all.Count} charts where one is asked for", SourceFailure.NotFound);
    }

    /// <summary>A packed chart by the path or file name that an index gives it.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public byte[] ReadChart(string reference)
    {
        var name = Uri.UnescapeDataString(reference[(reference.LastIndexOf('/') + 1)..]);
        if (!_isArchive)
        {
            var relative = FilePath.Combine("", Uri.UnescapeDataString(reference));
            foreach (var file in new[] { relative, name })
            {
                if (!string.IsNullOrEmpty(file) && File.Exists(Path.Combine(_path, file)))
                {
                    return File.ReadAllBytes(Path.Combine(_path, file));
                }
            }
        }

        return FindAll().Find(c => FileName(c.Metadata) == name) is { } found
            ? Pack(found)
            : throw new SourceException($"the mirror '{_path}' has no chart '{name}'", SourceFailure.NotFound);
    }

    /// <summary>A chart by name and exact version, packed.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public byte[] ReadChart(string name, string version) =>
        FindAll().Find(c => c.Metadata.Name == name && c.Metadata.Version == version) is { } found
            ? Pack(found)
            : throw new SourceException($"the mirror '{_path}' has no chart '{name}' with version '{version}'", SourceFailure.NotFound);

    private static string FileName(ChartMetadata metadata) => $"{metadata.Name}-{metadata.Version}.tgz";

    private static byte[] Pack(Found chart)
    {
        if (chart.IsArchive)
        {
            return File.ReadAllBytes(chart.Path);
        }

        var loaded = ChartLoader.LoadDirectory(new DiskFileTree(chart.Path), name: chart.Path);
        return loaded.TryGet(out var whole)
            ? ChartPackage.Write(whole.Name, whole.Raw)
            : throw new SourceException(loaded.Diagnostics[0].ToString(), SourceFailure.Damaged);
    }

    private List<Found> FindAll()
    {
        var all = new List<Found>();
        if (_isArchive)
        {
            AddArchive(all, _path);
            return all;
        }

        if (AddDirectory(all, _path))
        {
            return all;
        }

        foreach (var entry in new DirectoryInfo(_path).GetFileSystemInfos().OrderBy(e => e.Name, GoString.Comparer))
        {
            if (entry is DirectoryInfo)
            {
                AddDirectory(all, entry.FullName);
            }
            else if (entry.Name.EndsWith(".tgz", StringComparison.Ordinal))
            {
                AddArchive(all, entry.FullName);
            }
        }

        return all;
    }

    private static bool AddDirectory(List<Found> all, string path)
    {
        var file = Path.Combine(path, MetadataFile);
        if (!File.Exists(file))
        {
            return false;
        }

        if (ReadMetadata(File.ReadAllBytes(file)) is { } metadata)
        {
            all.Add(new Found(metadata, path, IsArchive: false));
        }

        return true;
    }

    private static void AddArchive(List<Found> all, string path)
    {
        if (ChartLoader.LoadArchive(File.ReadAllBytes(path), path).TryGet(out var chart))
        {
            all.Add(new Found(chart.Metadata, path, IsArchive: true));
        }
    }

    private static ChartMetadata? ReadMetadata(byte[] content) =>
        YamlReader.Read(content).Result is MapValue map && map.GetString("name") is { } name
            ? new ChartMetadata { Name = name, Version = map["version"]?.ToString() ?? "", AppVersion = map["appVersion"]?.ToString() ?? "" }
            : null;

    private byte[] MakeIndex()
    {
        var entries = new MapValue();
        foreach (var chart in FindAll())
        {
            if (entries.GetList(chart.Metadata.Name) is not { } versions)
            {
                entries[chart.Metadata.Name] = versions = new ListValue();
            }

            versions.Add(new MapValue
            {
                ["apiVersion"] = "v2",
                ["name"] = chart.Metadata.Name,
                ["version"] = chart.Metadata.Version,
                ["appVersion"] = chart.Metadata.AppVersion,
                ["digest"] = Convert.ToHexStringLower(SHA256.HashData(Pack(chart))),
                ["urls"] = new ListValue([FileName(chart.Metadata)]),
            });
        }

        return Encoding.UTF8.GetBytes(YamlWriter.Write(new MapValue { ["apiVersion"] = "v1", ["entries"] = entries }));
    }
}
