using Weir.Yaml.Scanning;

namespace Weir.Yaml.Parsing;

/// <summary>One event of a text.</summary>
internal struct ParseEvent
{
    public EventKind Kind;

    /// <summary>True for a scalar without quotes, or with the tag <c>!</c>.</summary>
    public bool IsImplicit;

    /// <summary>True for a scalar that is written without quotes or block indicator.</summary>
    public bool IsPlain;

    public Mark Start;

    /// <summary>The anchor before a node, or the name of an alias.</summary>
    public string? Anchor;

    /// <summary>The resolved tag; <see langword="null"/> when none is written.</summary>
    public string? Tag;

    /// <summary>The content of a scalar, unless it is a slice of the text.</summary>
    public string? Text;

    public int SliceStart;

    public int SliceLength;
}
