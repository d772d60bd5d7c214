using Weir.Values;

namespace Weir.Yaml.Json;

/// <summary>A list or map that is being written.</summary>
internal struct JsonFrame
{
    public ListValue? List;

    public MapValue? Map;

    /// <summary>The entries in order, unless the map's own order is kept.</summary>
    public KeyValuePair<string, Value>[]? Sorted;

    public int Next;

    public readonly int Count => List?.Count ?? Map!.Count;
}
