using Weir.Values;

namespace Weir.Yaml;

/// <summary>Reads YAML as Go's libraries do. Never throws because of what the text says.</summary>
public static class YamlReader
{
    /// <summary>Every document of a stream, in order. An empty document is a <see cref="NullValue"/>.</summary>
    public static Parsed<IReadOnlyList<Value>> ReadStream(string text, YamlReadOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>The first document; a <see cref="NullValue"/> when the text has none.</summary>
    public static Parsed<Value> Read(string text, YamlReadOptions? options = null) =>
        throw new NotImplementedException();
}
