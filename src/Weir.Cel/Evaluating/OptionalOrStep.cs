using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary><c>optional.or(other)</c> and <c>optional.orValue(other)</c>: the other is only looked at when it is needed.</summary>
internal sealed class OptionalOrStep(Step optional, Step other, bool unwraps) : Step
{
    public override Value Run(Frame frame) => optional.Run(frame) switch
    {
        CelOptional { Value: { } value } present => unwraps ? value : present,
        CelOptional => other.Run(frame),
        CelError error => error,
        _ => CelError.NoSuchOverload,
    };
}
