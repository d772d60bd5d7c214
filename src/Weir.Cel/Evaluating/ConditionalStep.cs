using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary><c>condition ? then : otherwise</c>. It costs what its parts cost.</summary>
internal sealed class ConditionalStep(Step condition, PathStep then, PathStep otherwise) : Step
{
    /// <summary>What is read of the result is read of either branch.</summary>
    public void Add(Qualifier qualifier)
    {
        then.Add(qualifier);
        otherwise.Add(qualifier);
    }

    public override Value Run(Frame frame) => condition.Run(frame) switch
    {
        BoolValue { Value: true } => then.Run(frame),
        BoolValue => otherwise.Run(frame),
        CelError error => error,
        _ => CelError.NoSuchOverload,
    };
}
