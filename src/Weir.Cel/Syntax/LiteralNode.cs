using Weir.Values;

namespace Weir.Cel.Syntax;

/// <summary>A literal.</summary>
internal sealed class LiteralNode(Value value, int position) : CelNode(position)
{
    public Value Value { get; } = value;

    public override CelNode Copy() => new LiteralNode(Value, Position);
}
