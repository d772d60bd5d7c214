using Weir.Values;

namespace Weir.Cel;

/// <summary>What an expression answered and what that cost.</summary>
/// <param name="Value">The answer: a <see cref="CelError"/> when the expression failed.</param>
/// <param name="Cost">The cost, also of a run that failed.</param>
public readonly record struct CelResult(Value Value, long Cost)
{
    /// <summary>Why there is no answer; <see langword="null"/> when there is one.</summary>
    public CelError? Error => Value as CelError;
}
