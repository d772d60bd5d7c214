using Weir.Values;

namespace Weir.Yaml.Emitting;

/// <summary>A list or map that is being written.</summary>
internal struct EmitterFrame
{
    public ListValue? List;

    public KeyValuePair<string, Value>[]? Entries;

    public int Next;

    /// <summary>The indentation to return to.</summary>
    public int OuterIndent;
}
