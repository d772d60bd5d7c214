using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Nodes;

/// <summary>A node as YAML text, for messages and for values that hold documents.</summary>
internal static class NodeText
{
    public static YamlWriteOptions Style { get; } = new() { Dialect = YamlDialect.GoYamlV3, KeepOrder = true, CompactLists = true };

    /// <summary>The node as kyaml prints it: its own order of keys, lines never folded.</summary>
    public static string Write(Value value)
    {
        if (value is MapValue or ListValue)
        {
            return YamlWriter.Write(value, Style);
        }

        return Scalar.Text(value) + "\n";
    }
}
