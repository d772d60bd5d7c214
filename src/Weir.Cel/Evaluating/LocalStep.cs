using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Reads a variable that a macro binds, without cost. One that only names a value is set when it is first read.</summary>
internal sealed class LocalStep(int slot, Step? binding) : Step
{
    public override Value Run(Frame frame) => frame.Locals[slot] ??= binding!.Run(frame);
}
