using System.Globalization;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>Values as structured merge compares them: 1 equals 1.0, and every value has an order.</summary>
internal static class MergeValue
{
    public static bool AreEqual(Value left, Value right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        switch (left)
        {
            case FloatValue or IntValue:
                return right is FloatValue or IntValue && CompareNumbers(left, right) == 0;
            case MapValue map:
                if (right is not MapValue other || other.Count != map.Count)
                {
                    return false;
                }

                foreach (var (key, value) in map)
                {
                    if (!other.TryGetValue(key, out var match) || !AreEqual(value, match))
                    {
                        return false;
                    }
                }

                return true;
            case ListValue list:
                if (right is not ListValue otherList || otherList.Count != list.Count)
                {
                    return false;
                }

                for (var i = 0; i < list.Count; i++)
                {
                    if (!AreEqual(list[i], otherList[i]))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return left.Equals(right);
        }
    }

    public static int Compare(Value left, Value right)
    {
        if (left is FloatValue or IntValue && right is FloatValue or IntValue)
        {
            return CompareNumbers(left, right);
        }

        var (leftRank, rightRank) = (Rank(left), Rank(right));
        if (leftRank != rightRank)
        {
            return leftRank - rightRank;
        }

        switch (left)
        {
            case StringValue text:
                return GoString.Compare(text.Value, ((StringValue)right).Value);
            case BoolValue boolean:
                return boolean.Value.CompareTo(((BoolValue)right).Value);
            case ListValue list:
                return CompareLists(list, (ListValue)right);
            case MapValue map:
                return CompareMaps(map, (MapValue)right);
            default:
                return 0;
        }
    }

    public static int Hash(Value value) => value switch
    {
        IntValue i => ((double)i.Value).GetHashCode(),
        FloatValue f => f.Value.GetHashCode(),
        _ => value.GetHashCode(),
    };

    /// <summary>As upstream's messages print a value: strings quoted, maps without braces.</summary>
    public static string ToText(Value value) => value switch
    {
        NullValue => "null",
        FloatValue f => GoFloat.Format(f.Value, 'g', -1),
        StringValue s => GoQuote.Quote(s.Value),
        BoolValue b => b.Value ? "true" : "false",
        IntValue i => i.Value.ToString(CultureInfo.InvariantCulture),
        ListValue l => $"[{string.Join(',', l.Select(ToText))}]",
        MapValue m => string.Concat(m.OrderBy(e => e.Key, GoString.Comparer).Select(e => $"{e.Key}={ToText(e.Value)}")),
        _ => JsonWriter.Write(value),
    };

    private static int Rank(Value value) => value switch
    {
        FloatValue => 0,
        IntValue => 1,
        StringValue => 2,
        BoolValue => 3,
        ListValue => 4,
        MapValue => 5,
        _ => 6,
    };

    private static int CompareNumbers(Value left, Value right) => left is IntValue l && right is IntValue r
        ? l.Value.CompareTo(r.Value)
        : AsDouble(left).CompareTo(AsDouble(right));

    private static double AsDouble(Value value) => value is IntValue i ? i.Value : ((FloatValue)value).Value;

    private static int CompareLists(ListValue left, ListValue right)
    {
        for (var i = 0; ; i++)
        {
            if (i >= left.Count || i >= right.Count)
            {
                return left.Count.CompareTo(right.Count);
            }

            if (Compare(left[i], right[i]) is var order and not 0)
            {
                return order;
            }
        }
    }

    private static int CompareMaps(MapValue left, MapValue right)
    {
        var (leftKeys, rightKeys) = (left.Keys.Order(GoString.Comparer).ToList(), right.Keys.Order(GoString.Comparer).ToList());
        for (var i = 0; ; i++)
        {
            if (i >= leftKeys.Count || i >= rightKeys.Count)
            {
                return leftKeys.Count.CompareTo(rightKeys.Count);
            }

            var order = GoString.Compare(leftKeys[i], rightKeys[i]);
            if (order == 0)
            {
                order = Compare(left[leftKeys[i]]!, right[rightKeys[i]]!);
            }

            if (order != 0)
            {
                return order;
            }
        }
    }
}
