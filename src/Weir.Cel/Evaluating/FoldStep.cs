using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>A macro over a list or map: see <see cref="Syntax.FoldNode"/>.</summary>
internal sealed class FoldStep : Step
{
    public required Step Range { get; init; }

    /// <summary>The slots of the variables; the second is less than zero when there is only one.</summary>
    public required (int First, int Second, int Accumulator) Slots { get; init; }

    public required Step Init { get; init; }

    public required Step Condition { get; init; }

    public required Step Turn { get; init; }

    public required Step Result { get; init; }

    public override Value Run(Frame frame)
    {
        var range = Range.Run(frame);
        if (range is CelError)
        {
            return range;
        }

        var locals = frame.Locals;
        var before = (locals[Slots.First], Slots.Second < 0 ? null : locals[Slots.Second], locals[Slots.Accumulator]);
        locals[Slots.Accumulator] = Init.Run(frame);
        var failure = range is IReadOnlyList<Value> list ? Walk(frame, list)
            : MapView.TryOf(range, out var map) ? Walk(frame, map)
            : new CelError($"got '{TypeNames.Of(range)}', expected iterable type");
        var result = failure ?? Result.Run(frame);
        (locals[Slots.First], locals[Slots.Accumulator]) = (before.Item1, before.Item3);
        if (Slots.Second >= 0)
        {
            locals[Slots.Second] = before.Item2;
        }

        return result;
    }

    private CelError? Walk(Frame frame, IReadOnlyList<Value> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Slots.Second < 0)
            {
                frame.Locals[Slots.First] = list[i];
            }
            else
            {
                frame.Locals[Slots.First] = new IntValue(i);
                frame.Locals[Slots.Second] = list[i];
            }

            if (!GoOn(frame))
            {
                break;
            }
        }

        return frame.Stop;
    }

    private CelError? Walk(Frame frame, MapView map)
    {
        for (var i = 0; i < map.Count; i++)
        {
            var key = map.KeyAt(i);
            frame.Locals[Slots.First] = key;
            if (Slots.Second >= 0)
            {
                frame.Locals[Slots.Second] = map.TryFind(key, out var value) ? value : Qualifier.Missing(key, key);
            }

            if (!GoOn(frame))
            {
                break;
            }
        }

        return frame.Stop;
    }

    private bool GoOn(Frame frame)
    {
        if (frame.Turn() is not null || Condition.Run(frame) is BoolValue { Value: false } || frame.Stop is not null)
        {
            return false;
        }

        frame.Locals[Slots.Accumulator] = Turn.Run(frame);
        return frame.Stop is null;
    }
}
