using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary><c>||</c> and <c>&amp;&amp;</c>: a side that decides alone makes errors of the other one meaningless.</summary>
internal sealed class LogicStep(Step left, Step right, bool deciding) : Step
{
    public override Value Run(Frame frame)
    {
        var first = left.Run(frame);
        if (first is BoolValue b && b.Value == deciding)
        {
            return first;
        }

        if (frame.Stop is { } stop)
        {
            return stop;
        }

        var second = right.Run(frame);
        if (frame.Stop is { } stopped)
        {
            return stopped;
        }

        return second is BoolValue c && c.Value == deciding ? second
            : first is not BoolValue ? first as CelError ?? CelError.NoSuchOverload
            : second as BoolValue ?? (Value?)(second as CelError) ?? CelError.NoSuchOverload;
    }
}
