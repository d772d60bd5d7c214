using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>Reads a values file: one or more YAML documents, later ones laid over earlier ones. Every number is a float.</summary>
public static class ValuesReader
{
    /// <summary>What stands before the YAML library's own words in Helm's messages.</summary>
    internal const string YamlErrorPrefix = "error converting YAML to JSON: ";

    private const string DocumentErrorPrefix = "cannot unmarshal yaml document: ";

    /// <summary>The values of a text; an empty text gives an empty map.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">What spans and messages call the file.</param>
    /// <param name="maxBytes">The largest text.</param>
    public static Parsed<MapValue> Read(string text, string? file = null, long maxBytes = 64L * 1024 * 1024)
    {
        var values = new MapValue();
        var diagnostics = new List<Diagnostic>();
        var options = new YamlReadOptions { File = file, NumbersAsFloat = true, MaxBytes = maxBytes };
        foreach (var document in Documents(text))
        {
            var read = YamlReader.Read(document, options);
            var failed = read.HasErrors;
            foreach (var diagnostic in read.Diagnostics)
            {
                diagnostics.Add(diagnostic.Severity == Severity.Error
                    ? diagnostic with { Message = DocumentErrorPrefix + YamlErrorPrefix + diagnostic.Message }
                    : diagnostic);
            }

            switch (read.Result)
            {
                case MapValue map when !failed:
                    values = values.Count == 0 ? map : ValuesMerge.Merge(values, map);
                    break;
                case { IsNull: false } other when !failed:
                    diagnostics.Add(Diagnostic.Error(
                        "helm-values",
                        $"{DocumentErrorPrefix}error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {StructReader.JsonKind(other)} into Go value of type map[string]interface {{}}",
                        other.Span,
                        "a values file is a map of names to values"));
                    break;
            }
        }

        return new(values, diagnostics);
    }

    /// <summary>
    /// The texts between lines that begin with <c>---</c>. Each keeps its place in the file by the line breaks put before it.
    /// </summary>
    private static IEnumerable<string> Documents(string text)
    {
        var line = 0;
        var start = 0;
        var startLine = 0;
        var isEmpty = true;
        for (var at = 0; at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            if (!isEmpty && IsSeparator(text.AsSpan(at, end - at)))
            {
                yield return new string('\n', startLine) + text[start..at];
                start = end;
                startLine = line + 1;
                isEmpty = true;
            }
            else
            {
                isEmpty = false;
            }

            at = end;
        }

        if (!isEmpty)
        {
            yield return startLine == 0 ? text[start..] : new string('\n', startLine) + text[start..];
        }
    }

    private static bool IsSeparator(ReadOnlySpan<char> line) =>
        line.StartsWith("---") && line[3..].Trim() is var rest && (rest.IsEmpty || rest[0] == '#');
}
