using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Reads a variable of the environment, without cost: the path that begins with it counts.</summary>
internal sealed class VariableStep(string name) : Step
{
    public override Value Run(Frame frame) => frame.Variable(name);
}
