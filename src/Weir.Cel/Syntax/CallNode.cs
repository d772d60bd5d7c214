namespace Weir.Cel.Syntax;

/// <summary>A call of a function or operator; methods have a target.</summary>
internal sealed class CallNode(string function, CelNode? target, IReadOnlyList<CelNode> arguments, int position) : CelNode(position)
{
    /// <summary>The name, which the check completes: <c>sets</c> and <c>contains</c> become <c>sets.contains</c>.</summary>
    public string Function { get; set; } = function;

    public CelNode? Target { get; set; } = target;

    public IReadOnlyList<CelNode> Arguments { get; } = arguments;

    /// <summary>The forms of the function that may be meant, set by the check.</summary>
    public IReadOnlyList<CelOverload> Overloads { get; set; } = [];

    public override CelNode Copy() => new CallNode(Function, Target?.Copy(), [.. Arguments.Select(a => a.Copy())], Position);
}
