using Weir.Values;

namespace Weir.Yaml.Composing;

/// <summary>A node that aliases may repeat.</summary>
internal sealed class Anchor
{
    public required Value Value { get; init; }

    /// <summary>True while the node is still being read: an alias to it would contain itself.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Nodes that one alias adds.</summary>
    public int Nodes { get; set; } = 1;

    /// <summary>Levels of lists and maps in it.</summary>
    public int Height { get; set; }
}
