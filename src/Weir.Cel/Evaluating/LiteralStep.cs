using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>A value known beforehand. It costs nothing.</summary>
internal sealed class LiteralStep(Value value) : Step
{
    public override Value Constant => value;

    public override Value Run(Frame frame) => value;
}
