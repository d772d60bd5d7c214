using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Mirrors;

/// <summary>
/// The mirrors of a run: every kind of source asks them before it goes to the network. The longest prefix wins.
/// A URL without a mirror goes to the network as ever.
/// </summary>
public sealed class SourceMirrors
{
    private readonly List<SourceMirror> _mirrors;

    public SourceMirrors(IEnumerable<SourceMirror> mirrors) =>
        _mirrors = [.. mirrors.OrderByDescending(m => m.Prefix.Length)];

    public static SourceMirrors None { get; } = new([]);

    public IReadOnlyList<SourceMirror> All => _mirrors;

    /// <summary>The mirror for a URL, or <see langword="null"/> when no prefix matches. What it leads to may be missing.</summary>
    public MirrorMatch? Find(string url)
    {
        foreach (var mirror in _mirrors)
        {
            if (Rest(url, mirror.Prefix) is not { } rest)
            {
                continue;
            }

            var path = Locate(mirror.Path, rest);
            return new MirrorMatch(mirror, path, FormOf(path));
        }

        return null;
    }

    /// <summary>Reads <c>URL-PREFIX=PATH</c>. The prefix may itself hold <c>=</c>: the path starts after the last one.</summary>
    public static SourceMirror? Parse(string text, string directory)
    {
        var equals = text.LastIndexOf('=');
        return equals > 0 && equals < text.Length - 1 && text[..equals].Contains("://", StringComparison.Ordinal)
            ? new SourceMirror(text[..equals], Path.GetFullPath(text[(equals + 1)..], directory))
            : null;
    }

    /// <summary>Reads a <c>weir.mirrors.yaml</c>; its paths count from <paramref name="directory"/>. All mistakes are reported.</summary>
    public static Parsed<IReadOnlyList<SourceMirror>> Read(string text, string file, string directory)
    {
        var yaml = YamlReader.Read(text, new YamlReadOptions { File = file, DuplicateKeysAreErrors = true });
        var diagnostics = new List<Diagnostic>(yaml.Diagnostics);
        var mirrors = new List<SourceMirror>();
        if (yaml.Result is MapValue root)
        {
            Unknown(root, ["mirrors"], diagnostics);
            foreach (var item in root.GetList("mirrors") ?? [])
            {
                if (ReadOne(item, directory, diagnostics) is { } mirror)
                {
                    mirrors.Add(mirror);
                }
            }
        }
        else if (!yaml.HasErrors && yaml.Result is not NullValue)
        {
            diagnostics.Add(Diagnostic.Error("mirrors", "the file must be a map with the key 'mirrors'", yaml.Result?.Span ?? default));
        }

        return new(mirrors, diagnostics);
    }

    private static SourceMirror? ReadOne(Value item, string directory, List<Diagnostic> diagnostics)
    {
        if (item is not MapValue map)
        {
            diagnostics.Add(Diagnostic.Error("mirrors", "a mirror must be a map with 'prefix' and 'path'", item.Span));
            return null;
        }

        Unknown(map, ["prefix", "path", "directory"], diagnostics);
        var (prefix, path) = (map.GetString("prefix"), map.GetString("path"));
        if (prefix is null || !prefix.Contains("://", StringComparison.Ordinal))
        {
            diagnostics.Add(Diagnostic.Error("mirrors", "'prefix' must be the start of a URL, with its scheme", map.Span, "such as https://charts.example.com"));
            return null;
        }

        if (string.IsNullOrEmpty(path))
        {
            diagnostics.Add(Diagnostic.Error("mirrors", $"the mirror of {prefix} has no 'path'", map.Span));
            return null;
        }

        return new SourceMirror(prefix, Path.GetFullPath(path, directory), map.GetString("directory")?.Trim('/') ?? "");
    }

    private static void Unknown(MapValue map, string[] known, List<Diagnostic> diagnostics)
    {
        foreach (var key in map.Keys.Except(known))
        {
            diagnostics.Add(Diagnostic.Error("mirrors", $"unknown field '{key}'", map.KeySpan(key), $"known are {string.Join(", ", known)}"));
        }
    }

    /// <summary>What follows the prefix; <see langword="null"/> when the URL does not start with it at a border.</summary>
    private static string? Rest(string url, string prefix)
    {
        if (!url.StartsWith(prefix, StringComparison.Ordinal))
        {
            // A URL may be written with or without the slash or the .git at its end.
            return Trim(url) == Trim(prefix) ? "" : null;
        }

        var rest = url[prefix.Length..];
        return rest.Length == 0 || prefix.EndsWith('/') || rest[0] == '/' ? rest.Trim('/') : rest == ".git" ? "" : null;
    }

    private static string Trim(string url)
    {
        url = url.TrimEnd('/');
        return url.EndsWith(".git", StringComparison.Ordinal) ? url[..^4] : url;
    }

    private static string Locate(string path, string rest)
    {
        if (rest.Length == 0)
        {
            return path;
        }

        var relative = FilePath.Combine("", rest) ?? "";
        var exact = Path.Combine(path, relative);
        if (Path.Exists(exact))
        {
            return exact;
        }

        var other = exact.EndsWith(".git", StringComparison.Ordinal) ? exact[..^4] : exact + ".git";
        return Path.Exists(other) ? other : exact;
    }

    private static MirrorForm FormOf(string path)
    {
        if (Directory.Exists(path))
        {
            var isRepository = Path.Exists(Path.Combine(path, ".git"))
                || (File.Exists(Path.Combine(path, "HEAD")) && Directory.Exists(Path.Combine(path, "objects")));
            return isRepository ? MirrorForm.Repository : MirrorForm.Directory;
        }

        if (!File.Exists(path))
        {
            return MirrorForm.Missing;
        }

        return path.EndsWith(".tgz", StringComparison.Ordinal) || path.EndsWith(".tar.gz", StringComparison.Ordinal)
            ? MirrorForm.Archive
            : MirrorForm.File;
    }
}
