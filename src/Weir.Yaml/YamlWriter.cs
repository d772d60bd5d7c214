using System.Text;
using Weir.Values;
using Weir.Yaml.Emitting;

namespace Weir.Yaml;

/// <summary>Writes values as YAML: keys sorted, lists not indented, long lines folded, as <c>sigs.k8s.io/yaml</c> does.</summary>
public static class YamlWriter
{
    /// <summary>The document, ended by a line break, without a <c>---</c> line.</summary>
    public static string Write(Value value, YamlWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        return new string(output.Written);
    }

    /// <summary>Appends the document to a text.</summary>
    public static void Write(Value value, StringBuilder target, YamlWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        target.Append(output.Written);
    }

    /// <summary>Writes the document.</summary>
    public static void Write(Value value, TextWriter target, YamlWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        target.Write(output.Written);
    }

    /// <summary>The document in UTF-8.</summary>
    public static byte[] WriteUtf8(Value value, YamlWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        var bytes = new byte[Encoding.UTF8.GetByteCount(output.Written)];
        Encoding.UTF8.GetBytes(output.Written, bytes);
        return bytes;
    }

    private static EmitterOutput Emit(Value value, YamlWriteOptions? options)
    {
        ArgumentNullException.ThrowIfNull(value);
        var output = new EmitterOutput();
        new Emitter(output, options ?? YamlWriteOptions.Default).Emit(value);
        return output;
    }
}
