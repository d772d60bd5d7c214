using Weir.Cel.Costs;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>
/// <c>result + [item]</c> in a macro. Nobody else holds the list, so the item is put to its end; it costs what a sum costs.
/// </summary>
internal sealed class AppendStep(int accumulator, Step item) : Step
{
    private const int VariableCost = 1;
    private const int SumCost = 1;

    public override Value Run(Frame frame)
    {
        var list = frame.Locals[accumulator]!;
        if (list is CelError)
        {
            return list;
        }

        var value = item.Run(frame);
        if (frame.Charge(VariableCost + ActualCost.List + SumCost) is { } stop)
        {
            return stop;
        }

        if (value is CelError)
        {
            return value;
        }

        ((ListValue)list).Add(value);
        return list;
    }
}
