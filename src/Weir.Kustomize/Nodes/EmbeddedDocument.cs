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

    /// <summary>The document as text in the form it had: compact or indented JSON, else YAML.</summary>
    public static string Write(Value root, string original)
    {
        var trimmed = original.Trim();
        if (trimmed.Length == 0 || trimmed[0] is not ('{' or '['))
        {
            return NodeText.Write(NodeSettling.ToPlainCopy(root)).Trim();
        }

        var isIndented = original.Contains('\n', StringComparison.Ordinal) && original.Contains("  ", StringComparison.Ordinal);
        return JsonWriter.Write(NodeSettling.ToPlainCopy(root), new JsonWriteOptions { Indent = isIndented ? "  " : "" });
    }
}
