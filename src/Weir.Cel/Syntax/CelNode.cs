namespace Weir.Cel.Syntax;

/// <summary>A node of an expression's tree. Macros are expanded already: what runs, costs and fails is what they stand for.</summary>
internal abstract class CelNode(int position)
{
    /// <summary>The place that messages name.</summary>
    public int Position { get; } = position;

    /// <summary>Set by the check.</summary>
    public CelType Type { get; set; } = CelType.Dyn;

    /// <summary>The same tree again, for macros that use an argument twice.</summary>
    public abstract CelNode Copy();
}
