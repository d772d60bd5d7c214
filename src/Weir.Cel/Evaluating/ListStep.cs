using Weir.Cel.Costs;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Builds a list.</summary>
internal sealed class ListStep((Step Item, bool IsOptional)[] items) : Step
{
    public override Value Run(Frame frame)
    {
        var list = new ListValue(items.Length);
        foreach (var (item, isOptional) in items)
        {
            var value = item.Run(frame);
            switch (value)
            {
                case CelError:
                    return value;
                case CelOptional optional when isOptional:
                    if (optional.Value is { } present)
                    {
                        list.Add(present);
                    }

                    break;
                default:
                    if (isOptional)
                    {
                        return new CelError($"cannot initialize optional list element from non-optional value {value}");
                    }

                    list.Add(value);
                    break;
            }
        }

        return frame.Charge(ActualCost.List) ?? (Value)list;
    }
}
