using System.Text;
using Weir.Values;
using Weir.Yaml.Composing;
using Weir.Yaml.Scanning;

namespace Weir.Yaml;

/// <summary>Reads YAML as Go's libraries do. Never throws because of what the text says.</summary>
public static class YamlReader
{
    /// <summary>Every document of a stream, in order. An empty document is a <see cref="NullValue"/>.</summary>
    public static Parsed<IReadOnlyList<Value>> ReadStream(string text, YamlReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= YamlReadOptions.Default;
        var documents = new List<Value>();
        if (SourceCheck.Find(text, options) is { } problem)
        {
            return new(documents, [problem]);
        }

        var composer = new Composer(text, options);
        while (composer.NextDocument(out var document))
        {
            documents.Add(document);
        }

        return new(documents, composer.Diagnostics);
    }

    /// <summary>Every document of a stream in UTF-8.</summary>
    public static Parsed<IReadOnlyList<Value>> ReadStream(ReadOnlySpan<byte> utf8, YamlReadOptions? options = null) =>
        ReadStream(SourceCheck.Decode(utf8), options);

    /// <summary>The first document; a <see cref="NullValue"/> when the text has none. What follows it is not looked at.</summary>
    public static Parsed<Value> Read(string text, YamlReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= YamlReadOptions.Default;
        if (SourceCheck.Find(text, options) is { } problem)
        {
            return new(NullValue.Instance, [problem]);
        }

        var composer = new Composer(text, options);
        composer.NextDocument(out var document);
        return new(document, composer.Diagnostics);
    }

    /// <summary>The first document of a text in UTF-8.</summary>
    public static Parsed<Value> Read(ReadOnlySpan<byte> utf8, YamlReadOptions? options = null) =>
        Read(SourceCheck.Decode(utf8), options);

    /// <summary>
    /// The error that Go's library would return for these diagnostics, such as
    /// <c>yaml: line 3: did not find expected key</c>; <see langword="null"/> without an error.
    /// </summary>
    public static string? GoError(IReadOnlyList<Diagnostic> diagnostics)
    {
        StringBuilder? typeErrors = null;
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Severity != Severity.Error)
            {
                continue;
            }

            if (diagnostic.Code != Composer.DuplicateKeyCode)
            {
                return diagnostic.Message;
            }

            typeErrors ??= new StringBuilder("yaml: unmarshal errors:");
            typeErrors.Append("\n  ").Append(diagnostic.Message);
        }

        return typeErrors?.ToString();
    }
}
