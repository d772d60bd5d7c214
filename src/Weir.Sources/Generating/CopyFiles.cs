using System.Text;
using System.Text.RegularExpressions;
using Weir.Flux;
using Weir.Helm;
using Weir.Sources.Artifacts;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Generating;

/// <summary>
/// Runs the copy operations of one output, as source-watcher does: like <c>cp</c>, with globs of one level (a directory that
/// matches is copied whole), in order, a later copy over an earlier one.
/// </summary>
public sealed class CopyFiles(IReadOnlyDictionary<string, string> sources, string target)
{
    private const string TargetPrefix = "@artifact/";

    private const string Merge = "Merge";
    private const string Extract = "Extract";

    /// <exception cref="InvalidDataException">An operation cannot be done; it is named.</exception>
    public void Run(IEnumerable<CopyOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        foreach (var operation in operations)
        {
            try
            {
                Copy(operation);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new InvalidDataException($"failed to apply copy operation from '{operation.From}' to '{operation.To}': {e.Message}", e);
            }
        }
    }

    private void Copy(CopyOperation operation)
    {
        var slash = operation.From.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || !sources.TryGetValue(operation.From[1..slash], out var folder))
        {
            throw new InvalidDataException($"source alias '{(slash < 1 ? operation.From : operation.From[1..slash])}' not found");
        }

        var pattern = Inside(operation.From[(slash + 1)..]);
        var destination = Inside(operation.To[TargetPrefix.Length..]);
        if (pattern.IndexOfAny(['*', '?', '[', ']']) < 0)
        {
            CopyOne(operation, folder, pattern, destination);
            return;
        }

        var matches = Glob(folder, pattern, isRecursive: operation.Strategy == Extract).ToList();
        if (matches.Count == 0)
        {
            throw new InvalidDataException($"no files match pattern '{pattern}' in source '{operation.From[1..slash]}'");
        }

        var root = SelectionRoot(pattern);
        matches.RemoveAll(m => IsExcluded(operation, m, root));
        if (matches.Count == 0)
        {
            throw new InvalidDataException($"all files matching pattern '{pattern}' in source '{operation.From[1..slash]}' were excluded");
        }

        foreach (var match in matches)
        {
            if (operation.Strategy == Extract)
            {
                if (IsArchive(match) && File.Exists(Path.Combine(folder, match)))
                {
                    Unpack(Path.Combine(folder, match), destination);
                }

                continue;
            }

            var relative = pattern.EndsWith("/**", StringComparison.Ordinal) && match.StartsWith(pattern[..^2], StringComparison.Ordinal)
                ? match[(pattern.Length - 2)..]
                : match;
            CopyAny(operation, folder, match, Join(destination, relative), root);
        }
    }

    private void CopyOne(CopyOperation operation, string folder, string path, string destination)
    {
        var full = Path.Combine(folder, path);
        if (Directory.Exists(full))
        {
            if (operation.Strategy == Extract)
            {
                throw new InvalidDataException($"extract strategy is not supported for directories, got '{path}'");
            }

            CopyAny(operation, folder, path, Join(destination, FilePath.Name(path)), path);
            return;
        }

        if (!File.Exists(full))
        {
            throw new InvalidDataException($"source '{path}' does not exist");
        }

        if (IsExcluded(operation, path, ""))
        {
            return;
        }

        if (operation.Strategy == Extract)
        {
            if (!IsArchive(path))
            {
                throw new InvalidDataException($"extract strategy requires tarball file (.tar.gz or .tgz), got '{path}'");
            }

            Unpack(full, destination);
            return;
        }

        var isFolder = operation.To.EndsWith('/') || Directory.Exists(Path.Combine(target, destination));
        CopyAny(operation, folder, path, isFolder ? Join(destination, FilePath.Name(path)) : destination, "");
    }

    private void CopyAny(CopyOperation operation, string folder, string path, string destination, string root)
    {
        var from = Path.Combine(folder, path);
        var to = Path.Combine(target, destination);
        if (Directory.Exists(from))
        {
            Directory.CreateDirectory(to);
            foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                var child = Join(path, entry.Name);
                if (entry.LinkTarget is null && !IsExcluded(operation, child, root))
                {
                    CopyAny(operation, folder, child, Join(destination, entry.Name), root);
                }
            }

            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (operation.Strategy == Merge && File.Exists(to))
        {
            File.WriteAllText(to, YamlWriter.Write(ValuesMerge.Merge(ReadValues(to), ReadValues(from))));
            return;
        }

        File.Copy(from, to, overwrite: true);
    }

    private void Unpack(string archive, string destination)
    {
        using var file = File.OpenRead(archive);
        var folder = Path.Combine(target, destination);
        Directory.CreateDirectory(folder);
        TarGz.Extract(file, folder);
    }

    private static MapValue ReadValues(string file)
    {
        var merged = new MapValue();
        var read = YamlReader.ReadStream(File.ReadAllText(file), new YamlReadOptions { File = Path.GetFileName(file) });
        if (!read.TryGet(out var documents))
        {
            throw new InvalidDataException($"cannot unmarshal YAML document: {string.Join("; ", read.Diagnostics)}");
        }

        foreach (var document in documents)
        {
            merged = document switch
            {
                MapValue map => ValuesMerge.Merge(merged, map),
                NullValue => merged,
                _ => throw new InvalidDataException($"cannot unmarshal YAML document: {document.Span} is no map"),
            };
        }

        return merged;
    }

    /// <summary>What a pattern matches, in the order of names; <c>**</c> walks through directories only when asked to.</summary>
    private static IEnumerable<string> Glob(string folder, string pattern, bool isRecursive)
    {
        IEnumerable<string> found = [""];
        foreach (var segment in pattern.Split('/'))
        {
            var expression = Segment(segment);
            found = segment == "**" && isRecursive
                ? [.. found.SelectMany(d => Below(folder, d)).Distinct()]
                : [.. found.SelectMany(d => Entries(folder, d).Where(n => expression.IsMatch(n)).Select(n => Join(d, n)))];
        }

        return found.Where(f => f.Length > 0);
    }

    private static IEnumerable<string> Below(string folder, string directory)
    {
        yield return directory;
        foreach (var name in Entries(folder, directory))
        {
            var path = Join(directory, name);
            if (Directory.Exists(Path.Combine(folder, path)))
            {
                foreach (var deeper in Below(folder, path))
                {
                    yield return deeper;
                }
            }
            else
            {
                yield return path;
            }
        }
    }

    private static IEnumerable<string> Entries(string folder, string directory)
    {
        var full = new DirectoryInfo(Path.Combine(folder, directory));
        return full.Exists ? full.EnumerateFileSystemInfos().Where(e => e.LinkTarget is null).Select(e => e.Name).Order(StringComparer.Ordinal) : [];
    }

    private static Regex Segment(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (close > 0)
            {
                expression.Append('[').Append(pattern[(i + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal)).Append(']');
                i = close;
                continue;
            }

            expression.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
        }

        return new Regex(expression.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>A pattern of <c>exclude</c> matches the path, the path from the selection's root, or with no slash the name alone.</summary>
    private static bool IsExcluded(CopyOperation operation, string path, string root)
    {
        var relative = root.Length > 0 && path.StartsWith(root + "/", StringComparison.Ordinal) ? path[(root.Length + 1)..] : path;
        foreach (var pattern in operation.Exclude ?? [])
        {
            if (!pattern.Contains('/', StringComparison.Ordinal) && Segment(pattern).IsMatch(FilePath.Name(path)))
            {
                return true;
            }

            var expression = DoubleStar(pattern);
            if (expression.IsMatch(path) || expression.IsMatch(relative))
            {
                return true;
            }
        }

        return false;
    }

    private static Regex DoubleStar(string pattern)
    {
        var parts = pattern.Split('/').Select(p => p == "**" ? "**" : Segment(p).ToString()[1..^1]).ToList();
        var text = string.Join('/', parts).Replace("**/", "(?:.*/)?", StringComparison.Ordinal).Replace("/**", "(?:/.*)?", StringComparison.Ordinal)
            .Replace("**", ".*", StringComparison.Ordinal);
        return new Regex($"^{text}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static string SelectionRoot(string pattern) =>
        string.Join('/', pattern.Split('/').TakeWhile(p => p.IndexOfAny(['*', '?', '[', ']']) < 0));

    private static bool IsArchive(string path) =>
        path.EndsWith(".tar.gz", StringComparison.Ordinal) || path.EndsWith(".tgz", StringComparison.Ordinal);

    private static string Inside(string path) =>
        FilePath.Combine("", path) ?? throw new InvalidDataException($"'{path}' leaves its root");

    private static string Join(string directory, string name) => directory.Length == 0 ? name : name.Length == 0 ? directory : $"{directory}/{name}";
}
