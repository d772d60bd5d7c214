namespace Weir.Cel.Costs;

/// <summary>An operand of a call as cost rules see it.</summary>
/// <param name="Node">The operand; <see langword="null"/> for the items of one.</param>
/// <param name="Type">Its type.</param>
/// <param name="Path">The variable and fields that it is; <see langword="null"/> when it is none.</param>
/// <param name="Size">How large it can be; <see langword="null"/> when that is unknown.</param>
internal readonly record struct SizedNode(Syntax.CelNode? Node, CelType Type, IReadOnlyList<string>? Path, CostRange? Size)
{
    public CostRange SizeOrUnknown => Size ?? CostRange.Unknown;
}
