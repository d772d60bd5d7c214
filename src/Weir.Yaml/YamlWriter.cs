using Weir.Values;

namespace Weir.Yaml;

/// <summary>Writes values as YAML: keys sorted, lists not indented, long lines folded, as <c>sigs.k8s.io/yaml</c> does.</summary>
public static class YamlWriter
{
    /// <summary>The document, ended by a line break, without a <c>---</c> line.</summary>
    public static string Write(Value value, YamlWriteOptions? options = null) => throw new NotImplementedException();
}
