using Weir.Cel.Costs;
using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Calls a function. Its cost is counted first, so that one that is too dear never runs.</summary>
internal sealed class CallStep(CelFunction function, IReadOnlyList<CelOverload> overloads, Step[] arguments) : Step
{
    // The check leaves one form, or all are tried.
    private readonly CelOverload? _only = overloads.Count == 1 ? overloads[0] : null;

    public override Value Run(Frame frame) => arguments.Length switch
    {
        0 => Call(frame, []),
        1 => Call(frame, [arguments[0].Run(frame)]),
        2 => Call(frame, [arguments[0].Run(frame), arguments[1].Run(frame)]),
        3 => Call(frame, [arguments[0].Run(frame), arguments[1].Run(frame), arguments[2].Run(frame)]),
        _ => Call(frame, [.. arguments.Select(a => a.Run(frame))]),
    };

    private Value Call(Frame frame, ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            if (value is CelError)
            {
                return frame.Charge(1) ?? value;
            }
        }

        return frame.Charge(ActualCost.Of(function.Name, _only?.Id ?? "", values)) ?? frame.Noted(Dispatch(values));
    }

    private Value Dispatch(ReadOnlySpan<Value> values)
    {
        if (function.Body is { } body)
        {
            return body(values) ?? new CelError($"no such overload: {function.Name}");
        }

        if (_only is not null)
        {
            return Fits(_only, values) ? _only.Body!(values) ?? NoOverload(values) : NoOverload(values);
        }

        foreach (var overload in function.Overloads)
        {
            if (overload.Body is not null && Fits(overload, values))
            {
                return overload.Body(values) ?? NoOverload(values);
            }
        }

        return NoOverload(values);
    }

    private static bool Fits(CelOverload overload, ReadOnlySpan<Value> values)
    {
        if (overload.Parameters.Count != values.Length)
        {
            return false;
        }

        if (overload.TakesAnything)
        {
            return true;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!TypeNames.Fits(overload.Parameters[i], values[i]))
            {
                return false;
            }
        }

        return true;
    }

    private CelError NoOverload(ReadOnlySpan<Value> values)
    {
        var types = new string[values.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = TypeNames.Of(values[i]);
        }

        return new CelError($"no such overload: {function.Name}({string.Join(", ", types)})");
    }
}
