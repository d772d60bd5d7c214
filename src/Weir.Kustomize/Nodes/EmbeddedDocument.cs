using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Nodes;

/// <summary>A JSON or YAML document that stands as text in a scalar.</summary>
internal static class EmbeddedDocument
{
    /// <summary>The document's root. A text that is no YAML is a failure.</summary>
    public static Value Read(string text)
    {
        var parsed = YamlReader.Read(text, NodeReader.Options(file: null));
        return parsed.TryGet(out var root) ? root : throw NodeReader.Malformed(parsed.Diagnostics);
    }

    /// <summary>
    /// The document as text in the form it had: compact or indented JSON, else YAML, which keeps comments and quotes where
    /// it can. The edits have been made in the document already.
    /// </summary>
    public static string Write(Value root, string original, IReadOnlyList<EmbeddedYaml.Edit> edits)
    {
        var trimmed = original.Trim();
        if (trimmed.Length == 0 || trimmed[0] is not ('{' or '['))
        {
            var kept = EmbeddedYaml.Apply(original, edits);
            return kept is not null && IsSame(kept, root) ? kept : NodeText.Write(root).Trim();
        }

        var isIndented = original.Contains('\n', StringComparison.Ordinal) && original.Contains("  ", StringComparison.Ordinal);
        return JsonWriter.Write(NodeSettling.ToPlainCopy(root), new JsonWriteOptions { Indent = isIndented ? "  " : "" });
    }

    private static bool IsSame(string text, Value root)
    {
        var parsed = YamlReader.Read(text, NodeReader.Options(file: null));
        return parsed.TryGet(out var read) && WithTexts(read).Equals(WithTexts(root));
    }

    /// <summary>Every scalar as its text alone.</summary>
    private static Value WithTexts(Value value) => value switch
    {
        MapValue map => new MapValue(map.Select(e => KeyValuePair.Create(e.Key, WithTexts(e.Value)))),
        ListValue list => new ListValue(list.Select(WithTexts)),
        _ => new StringValue(Scalar.Text(value)),
    };
}
