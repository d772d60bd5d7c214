using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Nodes;

/// <summary>Reads YAML the way kyaml does: scalars keep their text, aliases are copies.</summary>
internal static partial class NodeReader
{
    /// <summary>go-yaml v3, with scalars that are not strings kept as they were written.</summary>
    public static YamlReadOptions Options(string? file) => new()
    {
        File = file,
        Dialect = YamlDialect.GoYamlV3,
        DuplicateKeysAreErrors = true,
        ScalarFactory = FromText,
    };

    /// <summary>Every document of a text, in order.</summary>
    public static IReadOnlyList<Value> ReadStream(string text, string? file)
    {
        var parsed = YamlReader.ReadStream(text, Options(file));
        if (!parsed.TryGet(out var documents))
        {
            throw Malformed(parsed.Diagnostics, text);
        }

        foreach (var warning in parsed.Diagnostics)
        {
            if (warning.Code == "yaml-non-string-key")
            {
                throw new BuildFailure("json: unsupported type: map[interface {}]interface {}", warning.Span, warning.Hint) { Code = warning.Code };
            }
        }

        return documents;
    }

    /// <summary>
    /// The failure of a text that is no YAML. Its message counts lines from the document's beginning, as kyaml does, its place
    /// from the text's.
    /// </summary>
    public static BuildFailure Malformed(IReadOnlyList<Diagnostic> diagnostics, string text = "")
    {
        var errors = diagnostics.Where(d => d.Severity == Severity.Error).ToList();
        var first = errors[0];
        var message = YamlReader.GoError(diagnostics) ?? first.Message;
        if (LinesBefore(text, first.Span.Line) is > 0 and var before)
        {
            message = LineNumber().Replace(message, m => $"line {int.Parse(m.ValueSpan[5..], CultureInfo.InvariantCulture) - before}");
        }

        return new BuildFailure($"MalformedYAMLError: {message}", first.Span, first.Hint)
        {
            Code = first.Code,
            IsMalformedYaml = true,
            Others = errors.Skip(1).ToList(),
        };
    }

    /// <summary>How many lines stand before the document that a line belongs to.</summary>
    private static int LinesBefore(string text, int line)
    {
        var (result, number) = (0, 1);
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0 && number < line; end = text.IndexOf('\n', end + 1))
        {
            number++;
            if (text.AsSpan(end + 1).StartsWith("---", StringComparison.Ordinal) && number < line)
            {
                result = number;
            }
        }

        return result;
    }

    [GeneratedRegex(@"\bline \d+", RegexOptions.CultureInvariant)]
    private static partial Regex LineNumber();

    private static Value FromText(string text, string tag, Value value)
    {
        switch (tag)
        {
            case "!!int":
                return value is IntValue && Scalar.Of(text, ScalarTag.Int) is IntValue ? value : new WrittenScalar(text, ScalarTag.Int) { Span = value.Span };
            case "!!float":
                return new WrittenScalar(text, ScalarTag.Float) { Span = value.Span };
            case "!!bool":
                return text is "true" or "false" ? value : new WrittenScalar(text, ScalarTag.Bool) { Span = value.Span };
            case "!!null":
                return text == "null" ? value : new WrittenScalar(text, ScalarTag.Null) { Span = value.Span };
            case "!!timestamp":
                return new WrittenScalar(text, ScalarTag.Timestamp) { Span = value.Span };
            case "!folded":
                return FoldedText.RoundTrip(text) == text ? value : new WrittenScalar(text, ScalarTag.String, quoted: true) { IsFolded = true, Span = value.Span };
            case "!!binary":
                return new WrittenScalar(text, ScalarTag.Binary) { Span = value.Span };
            default:
                return value;
        }
    }
}
