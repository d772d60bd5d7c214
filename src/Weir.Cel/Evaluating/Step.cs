using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>A part of an expression that runs. A failure is a value: a <see cref="CelError"/>.</summary>
internal abstract class Step
{
    /// <summary>The value when it is known beforehand.</summary>
    public virtual Value? Constant => null;

    public abstract Value Run(Frame frame);
}
