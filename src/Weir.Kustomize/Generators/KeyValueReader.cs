using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Loading;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Reads the data of ConfigMaps and Secrets: env files, then literals, then files.</summary>
internal sealed class KeyValueReader(Loader loader)
{
    /// <summary>All pairs in order of their keys. A key that comes twice is a failure.</summary>
    public SortedDictionary<string, string> Read(MapValue config, string name)
    {
        try
        {
            return ReadPairs(config, name);
        }
        catch (BuildFailure failure)
        {
            throw (failure.Code == "kustomize-duplicate-key" ? failure : failure.Wrap("loading KV pairs")).At(config.Span);
        }
    }

    /// <summary>The key and the path of an entry of <c>files</c>: <c>[key=]path</c>.</summary>
    public static (string Key, string Path) ParseFileSource(string source)
    {
        var equals = source.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return (FilePath.Name(source.TrimEnd('/')), source);
        }

        if (source.IndexOf('=', equals + 1) >= 0)
        {
            throw Failure($"source {GoQuote.Quote(source)} key name or file path contains '='");
        }

        if (equals == 0)
        {
            throw Failure($"missing key name for file path {GoQuote.Quote(source[1..])} in source {GoQuote.Quote(source)}");
        }

        return equals == source.Length - 1
            ? throw Failure($"missing file path for key name {GoQuote.Quote(source[..^1])} in source {GoQuote.Quote(source)}")
            : (source[..equals], source[(equals + 1)..]);
    }

    /// <summary>The pairs of an env file. A line without <c>=</c> has an empty value.</summary>
    public static IEnumerable<(string Key, string Value)> ParseLines(string text)
    {
        var start = 0;
        var isFirst = true;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text[start..end];
            line = line.EndsWith('\r') ? line[..^1] : line;
            start = end + 1;
            if (!GoString.IsValidUtf8(line))
            {
                throw Failure("a line has invalid utf8 bytes");
            }

            line = isFirst && line.StartsWith('\uFEFF') ? line[1..] : line;
            isFirst = false;
            line = line.TrimStart();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? line : line[..equals];
            if (key.Length > 0)
            {
                yield return (key, equals < 0 ? "" : line[(equals + 1)..]);
            }
        }
    }

    /// <summary>The key and value of a literal; one pair of quotes around the value goes.</summary>
    public static (string Key, string Value) ParseLiteral(string source)
    {
        var equals = source.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            // The text may be a secret, so that only its beginning is told.
            throw Failure("invalid literal source, expected key=value");
        }

        var value = source[(equals + 1)..];
        return (source[..equals], value.Length >= 2 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value);
    }

    private SortedDictionary<string, string> ReadPairs(MapValue config, string name)
    {
        var result = new SortedDictionary<string, string>(GoString.Comparer);
        var envs = config.Strings("envs");
        for (var i = 0; i < envs.Count; i++)
        {
            foreach (var (key, value) in Guard(() => ParseLines(loader.LoadText(envs[i])).ToList(), $"env source files: [{string.Join(' ', envs)}]", config.ItemSpan("envs", i)))
            {
                Add(result, key, value, name, config.ItemSpan("envs", i));
            }
        }

        var literals = config.Strings("literals");
        for (var i = 0; i < literals.Count; i++)
        {
            var (key, value) = Guard(() => ParseLiteral(literals[i]), "literal sources", config.ItemSpan("literals", i));
            Add(result, key, value, name, config.ItemSpan("literals", i));
        }

        var files = config.Strings("files");
        for (var i = 0; i < files.Count; i++)
        {
            var (key, value) = Guard(() => ReadFile(files[i]), $"file sources: [{string.Join(' ', files)}]", config.ItemSpan("files", i));
            Add(result, key, value, name, config.ItemSpan("files", i));
        }

        return result;
    }

    private (string Key, string Value) ReadFile(string source)
    {
        var (key, path) = ParseFileSource(source);
        return (key, loader.LoadText(path));
    }

    private static T Guard<T>(Func<T> read, string prefix, SourceSpan span)
    {
        try
        {
            return read();
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap(prefix).At(span);
        }
    }

    private static void Add(SortedDictionary<string, string> pairs, string key, string value, string name, SourceSpan span)
    {
        if (!pairs.TryAdd(key, value))
        {
            throw new BuildFailure($"configmap {name} illegally repeats the key `{key}`", span, "a key may come from one source only")
            {
                Code = "kustomize-duplicate-key",
            };
        }
    }

    private static BuildFailure Failure(string message) => new(message) { Code = "kustomize-generator" };
}
