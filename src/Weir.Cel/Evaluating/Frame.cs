using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>One run of an expression: its variables, and what it has cost.</summary>
internal sealed class Frame(Func<string, Value?> variables, int locals, long limit, CancellationToken cancellation)
{
    private const int CheckFrequency = 100;

    private static readonly CelError Interrupted = new("operation interrupted") { IsFatal = true };

    private int _turns;

    /// <summary>Variables that macros bind.</summary>
    public Value?[] Locals { get; } = new Value?[locals];

    public long Cost { get; private set; }

    /// <summary>Why the run must end, once it must.</summary>
    public CelError? Stop { get; private set; }

    public Value Variable(string name) => variables(name) ?? new CelError($"no such attribute(s): {name}");

    /// <summary>Counts a cost; answers the error that ends the run when it is too high.</summary>
    public CelError? Charge(long cost)
    {
        Cost = Cost > long.MaxValue - cost ? long.MaxValue : Cost + cost;
        if (Cost > limit)
        {
            Stop ??= WorkLimit.Exceeded;
        }

        return Stop;
    }

    /// <summary>Ends the run when the value is an error that nothing may absorb.</summary>
    public Value Noted(Value value)
    {
        if (value is CelError { IsFatal: true } fatal)
        {
            Stop ??= fatal;
        }

        return value;
    }

    /// <summary>Called once a turn of a loop.</summary>
    public CelError? Turn()
    {
        if (++_turns % CheckFrequency == 0 && cancellation.IsCancellationRequested)
        {
            Stop ??= Interrupted;
        }

        return Stop;
    }
}
