using Weir.Values;

namespace Weir.Yaml.Composing;

/// <summary>A list or map that is being filled.</summary>
internal struct Frame
{
    public ListValue? List;

    public MapValue? Map;

    /// <summary>The key that waits for its value.</summary>
    public string? Key;

    public SourceSpan KeySpan;

    /// <summary>The key as go-yaml's messages quote it, when it is no string.</summary>
    public string? KeyLiteral;

    /// <summary>True when the waiting key is <c>&lt;&lt;</c>.</summary>
    public bool IsMerge;

    /// <summary>Keys that came by merging and may be written again.</summary>
    public HashSet<string>? MergedKeys;

    /// <summary>go-yaml v3 merges after all other keys.</summary>
    public Value? MergeSource;

    public SourceSpan MergeSpan;

    public bool IsMergeSourceAlias;

    public Anchor? Anchor;

    public int FirstNode;

    public int Height;
}
