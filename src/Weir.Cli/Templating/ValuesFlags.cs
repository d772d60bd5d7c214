using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Templating;

/// <summary>Lays the values of <c>-f</c> and the family of <c>--set</c> over one another, in Helm's order.</summary>
internal static class ValuesFlags
{
    /// <summary>Most bytes of one values file.</summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(120) };

    /// <summary>The values, or Helm's words for what is wrong.</summary>
    public static (MapValue Values, Diagnostic? Error) Merge(TemplateRequest request)
    {
        var values = new MapValue();
        foreach (var file in request.ValueFiles)
        {
            var (bytes, error) = Read(file);
            if (error is not null)
            {
                return (values, error);
            }

            var read = ValuesReader.Read(GoString.FromBytes(bytes), file, MaxBytes);
            if (read.HasErrors)
            {
                var first = read.Diagnostics.First(d => d.Severity == Severity.Error);
                return (values, first with { Message = $"failed to parse {file}: {first.Message}" });
            }

            values = ValuesMerge.Merge(values, read.Result!);
        }

        foreach (var text in request.SetJson)
        {
            if (LayJson(text, ref values) is { } error)
            {
                return (values, Fail(error));
            }
        }

        var wrong = LayAll(request.Set, "--set", t => StringValues.Parse(t, values))
            ?? LayAll(request.SetString, "--set-string", t => StringValues.ParseString(t, values))
            ?? LayAll(request.SetFile, "--set-file", t => StringValues.ParseFile(t, values, ReadText))
            ?? LayAll(request.SetLiteral, "--set-literal", t => StringValues.ParseLiteral(t, values));
        return (values, wrong is null ? null : Fail(wrong));
    }

    private static string? LayAll(IReadOnlyList<string> texts, string flag, Func<string, string?> lay)
    {
        foreach (var text in texts)
        {
            if (lay(text) is { } error)
            {
                return $"failed parsing {flag} data: {error}";
            }
        }

        return null;
    }

    private static string? LayJson(string text, ref MapValue values)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith('{'))
        {
            return StringValues.ParseJson(text, values) is null ? null : $"failed parsing --set-json data {text}";
        }

        if (!JsonReader.Read(trimmed, numbersAsFloat: true).TryGet(out var json) || json is not MapValue map)
        {
            return $"failed parsing --set-json data JSON: {text}";
        }

        values = ValuesMerge.Merge(values, map);
        return null;
    }

    private static (Value? Value, string? Error) ReadText(string path)
    {
        var (bytes, error) = Read(path);
        return error is null ? (new StringValue(GoString.FromBytes(bytes)), null) : (null, error.Message);
    }

    private static (byte[] Bytes, Diagnostic? Error) Read(string path)
    {
        try
        {
            if (path.Trim() == "-")
            {
                using var input = Console.OpenStandardInput();
                using var copy = new MemoryStream();
                input.CopyTo(copy);
                return (copy.ToArray(), null);
            }

            if (path.StartsWith("http://", StringComparison.Ordinal) || path.StartsWith("https://", StringComparison.Ordinal))
            {
                return (Http.GetByteArrayAsync(new Uri(path)).GetAwaiter().GetResult(), null);
            }

            if (path.StartsWith("://", StringComparison.Ordinal))
            {
                return ([], Fail($"parse {GoQuote.Quote(path)}: missing protocol scheme"));
            }

            if (Directory.Exists(path))
            {
                return ([], Fail($"read {path}: is a directory"));
            }

            return new FileInfo(path) is { Exists: true, Length: > MaxBytes } large
                ? ([], Fail($"the values file {path} has {large.Length} bytes, more than the {MaxBytes} that are allowed"))
                : (File.ReadAllBytes(path), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or UriFormatException or TaskCanceledException)
        {
            return ([], Fail(e is FileNotFoundException or DirectoryNotFoundException ? $"open {path}: no such file or directory" : $"open {path}: {e.Message}"));
        }
    }

    private static Diagnostic Fail(string message) => Diagnostic.Error("helm-values", message);
}
