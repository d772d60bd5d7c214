using Weir.Cel.Data;
using Weir.Cel.Functions;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Puts an entry, or the entries of a map, into the map that a macro builds. Nobody else holds it.</summary>
internal sealed class InsertStep(int accumulator, Step? key, Step value) : Step
{
    private const int VariableCost = 1;
    private const int CallCost = 1;

    public override Value Run(Frame frame)
    {
        var map = frame.Locals[accumulator]!;
        if (map is CelError)
        {
            return map;
        }

        var inserted = key?.Run(frame);
        if (inserted is CelError)
        {
            return inserted;
        }

        var added = value.Run(frame);
        if (frame.Charge(VariableCost + CallCost) is { } stop)
        {
            return stop;
        }

        if (added is CelError)
        {
            return added;
        }

        var error = inserted is not null ? OptionalFunctions.TryInsert((KeyedMap)map, inserted, added)
            : MapView.TryOf(added, out var entries) ? OptionalFunctions.TryInsertAll((KeyedMap)map, entries)
            : CelError.NoSuchOverload;
        return error ?? map;
    }
}
