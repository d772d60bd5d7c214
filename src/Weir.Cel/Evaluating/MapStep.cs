using Weir.Cel.Costs;
using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Builds a map.</summary>
internal sealed class MapStep((Step Key, Step Value, bool IsOptional)[] entries) : Step
{
    public override Value Run(Frame frame)
    {
        var map = new KeyedMap();
        foreach (var (keyStep, valueStep, isOptional) in entries)
        {
            var key = keyStep.Run(frame);
            if (key is CelError)
            {
                return key;
            }

            var value = valueStep.Run(frame);
            if (value is CelError)
            {
                return value;
            }

            if (isOptional)
            {
                if (value is not CelOptional optional)
                {
                    return new CelError($"cannot initialize optional entry '{key}' from non-optional value {value}");
                }

                if (optional.Value is null)
                {
                    map.Remove(key);
                    continue;
                }

                value = optional.Value;
            }

            map.Set(key, value);
        }

        return frame.Charge(ActualCost.Map) ?? (Value)map;
    }
}
