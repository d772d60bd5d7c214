using Weir.Cel.Costs;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Builds an object of a named type.</summary>
internal sealed class ObjectStep(string type, (string Field, Step Value, bool IsOptional)[] fields) : Step
{
    public override Value Run(Frame frame)
    {
        var built = new MapValue(fields.Length);
        foreach (var (field, step, isOptional) in fields)
        {
            var value = step.Run(frame);
            if (value is CelError)
            {
                return value;
            }

            if (isOptional)
            {
                if (value is not CelOptional optional)
                {
                    return new CelError($"cannot initialize optional entry '{field}' from non-optional value {value}");
                }

                if (optional.Value is null)
                {
                    continue;
                }

                value = optional.Value;
            }

            built[field] = value;
        }

        return frame.Charge(ActualCost.Object) ?? (Value)new CelObject(type, built);
    }
}
