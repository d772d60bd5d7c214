using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Runs an expression in which a value has a name. The value is found when it is first read.</summary>
internal sealed class BindStep(int slot, Step body) : Step
{
    public override Value Run(Frame frame)
    {
        var before = frame.Locals[slot];
        frame.Locals[slot] = null;
        var result = body.Run(frame);
        frame.Locals[slot] = before;
        return result;
    }
}
