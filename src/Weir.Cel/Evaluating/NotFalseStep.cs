using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>True unless its operand is false: a loop goes on although an item made an error.</summary>
internal sealed class NotFalseStep(Step operand) : Step
{
    public override Value Run(Frame frame)
    {
        var value = operand.Run(frame);
        return frame.Charge(1) ?? (Value)BoolValue.Of(value is not BoolValue { Value: false });
    }
}
