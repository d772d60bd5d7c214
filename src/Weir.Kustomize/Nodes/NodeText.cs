using System.Buffers;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Nodes;

/// <summary>A node as YAML text, for messages and for values that hold documents.</summary>
internal static class NodeText
{
    private static readonly SearchValues<char> Unremarkable = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_");

    public static YamlWriteOptions Style { get; } = new() { Dialect = YamlDialect.GoYamlV3, KeepOrder = true, CompactLists = true };

    /// <summary>The node as kyaml prints it: its own order of keys, lines never folded.</summary>
    public static string Write(Value value)
    {
        if (value is MapValue or ListValue || (value is StringValue text && text.Value.Contains('\n', StringComparison.Ordinal)))
        {
            return YamlWriter.Write(value, Style);
        }

        return Scalar.Text(value) + "\n";
    }

    /// <summary>Whether kyaml writes a string in quotes or as a block.</summary>
    public static bool Quotes(string text) =>
        (text.AsSpan().ContainsAnyExcept(Unremarkable) || ScalarText.Resolve(text) != ScalarTag.String)
        && YamlWriter.Write(new StringValue(text), Style)[0] is '"' or '\'' or '|' or '>';
}
