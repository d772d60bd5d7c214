using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Functions;

/// <summary>What plus does.</summary>
internal static class Addition
{
    // Sums up to this length are copied, which later reads like better.
    private const int SmallList = 64;

    /// <summary>The sum; <see langword="null"/> when nothing can be added to the left value.</summary>
    public static Value? Add(Value left, Value right) => (left, right) switch
    {
        (IntValue { IsUnsigned: false } a, IntValue { IsUnsigned: false } b) => Arithmetic.Int((Int128)a.Value + b.Value),
        (IntValue { IsUnsigned: true } a, IntValue { IsUnsigned: true } b) => Arithmetic.Uint((Int128)a.UnsignedValue + b.UnsignedValue),
        (FloatValue a, FloatValue b) => new FloatValue(a.Value + b.Value),
        (StringValue a, StringValue b) => a.Value.Length + b.Value.Length > WorkLimit.MaxLength ? WorkLimit.Exceeded : new StringValue(a.Value + b.Value),
        (CelBytes a, CelBytes b) => a.Value.Length + b.Value.Length > WorkLimit.MaxLength
            ? WorkLimit.Exceeded
            : new CelBytes([.. a.Value.Span, .. b.Value.Span]),
        (CelDuration a, CelDuration b) => Arithmetic.Duration((Int128)a.Nanoseconds + b.Nanoseconds),
        (CelDuration a, CelTimestamp b) => Arithmetic.Timestamp(b, a.Nanoseconds),
        (CelTimestamp a, CelDuration b) => Arithmetic.Timestamp(a, b.Nanoseconds),
        (CelList a, IReadOnlyList<Value> b) => Lists(a, b),
        (ListValue or JoinedList, IReadOnlyList<Value> b) => Join(left, (IReadOnlyList<Value>)left, right, b),
        (IntValue or FloatValue or StringValue or CelBytes or CelDuration or CelTimestamp or CelList or ListValue or JoinedList, _) =>
            CelError.NoSuchOverload,
        _ => null,
    };

    private static Value Join(Value left, IReadOnlyList<Value> first, Value right, IReadOnlyList<Value> second) =>
        first.Count == 0 ? right
        : second.Count == 0 ? left
        : (long)first.Count + second.Count > WorkLimit.MaxLength ? WorkLimit.Exceeded
        : first.Count + second.Count <= SmallList ? new ListValue([.. first, .. second])
        : new JoinedList(first, second);

    private static CelList Lists(CelList left, IReadOnlyList<Value> right)
    {
        List<Value> items = [.. left.Items];
        switch (left.Schema.ListOrder)
        {
            case CelListOrder.Set:
                var set = left.Items.ToHashSet();
                items.AddRange(right.Select(Equality.Plain).Where(set.Add));
                break;
            case CelListOrder.ByKeys:
                AddByKeys(items, right, left.Schema);
                break;
            default:
                items.AddRange(right.Select(Equality.Plain));
                break;
        }

        return new CelList(items, left.Schema);
    }

    private static void AddByKeys(List<Value> items, IReadOnlyList<Value> more, CelSchema schema)
    {
        var places = new Dictionary<Value, int>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (Equality.KeyOf(items[i], schema) is { } key)
            {
                places[key] = i;
            }
        }

        foreach (var item in more.Select(Equality.Plain))
        {
            if (Equality.KeyOf(item, schema) is { } key && places.TryGetValue(key, out var place))
            {
                items[place] = item;
            }
            else
            {
                items.Add(item);
            }
        }
    }
}
