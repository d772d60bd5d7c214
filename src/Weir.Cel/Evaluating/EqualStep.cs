using Weir.Cel.Costs;
using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary><c>==</c> and <c>!=</c>.</summary>
internal sealed class EqualStep(Step left, Step right, bool isNegated) : Step
{
    public override Value Run(Frame frame)
    {
        var first = left.Run(frame);
        var second = right.Run(frame);
        if (frame.Charge(ActualCost.OfEquality(first, second, isNegated)) is { } stop)
        {
            return stop;
        }

        if (first is CelError || second is CelError)
        {
            return first as CelError ?? second;
        }

        var equal = frame.Noted(Equality.AreEqual(first, second));
        return isNegated && equal is BoolValue b ? BoolValue.Of(!b.Value) : equal;
    }
}
