using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>
/// Equality: numbers compare across their types, everything else within. The answer is a boolean, or an error where
/// Kubernetes' own values do not compare with others.
/// </summary>
internal static class Equality
{
    /// <summary><c>left == right</c>; null equals null only.</summary>
    public static Value AreEqual(Value left, Value right) =>
        left is NullValue || right is NullValue ? BoolValue.Of(left is NullValue && right is NullValue) : Compare(left, right);

    /// <summary>What the left value says about the right one.</summary>
    public static Value Compare(Value left, Value right)
    {
        if (!WorkLimit.Take())
        {
            return WorkLimit.Exceeded;
        }

        switch (left)
        {
            case CelError:
                return left;
            case IntValue or FloatValue:
                return BoolValue.Of(right is IntValue or FloatValue && Ordering.Compare(left, right) == 0);
            case CelList list:
                return right is IReadOnlyList<Value> items ? CompareTyped(list, items) : Mismatch(right);
            case ObjectMap map:
                return MapView.TryOf(right, out var view) ? CompareObjects(map, right, view) : Mismatch(right);
            case ListValue or JoinedList:
                return right is IReadOnlyList<Value> others ? AreEqualInOrder((IReadOnlyList<Value>)left, others) : BoolValue.False;
            case MapValue or CelMap:
                return MapView.TryOf(left, out var a) && MapView.TryOf(right, out var b) ? AreEqual(a, b) : BoolValue.False;
            case CelOptional optional:
                return right is not CelOptional { Value: var other } ? BoolValue.False
                    : optional.Value is null || other is null ? BoolValue.Of(optional.Value is null && other is null)
                    : Compare(optional.Value, other);
            case CelValue { ComparesOwnTypeOnly: true } own when right is not CelValue o || o.Type.Name != own.Type.Name:
                return Mismatch(right);
            default:
                return BoolValue.Of(left.Equals(right));
        }
    }

    /// <summary><c>item in list</c>.</summary>
    public static Value Contains(IReadOnlyList<Value> list, Value item)
    {
        if (list is not CelList)
        {
            foreach (var other in list)
            {
                var equal = Compare(item, other);
                if (equal is BoolValue { Value: true } or CelError { IsFatal: true })
                {
                    return equal;
                }
            }

            return BoolValue.False;
        }

        CelError? error = null;
        foreach (var other in list)
        {
            switch (Compare(other, item))
            {
                case BoolValue { Value: true } found:
                    return found;
                case CelError { IsFatal: true } fatal:
                    return fatal;
                case CelError failed:
                    error ??= failed;
                    break;
                default:
                    break;
            }
        }

        return (Value?)error ?? BoolValue.False;
    }

    /// <summary>The values of the key fields of an item, as it is written.</summary>
    public static Value? KeyOf(Value item, CelSchema list)
    {
        if (Plain(item) is not MapValue map)
        {
            return null;
        }

        var key = new ListValue(list.ListKeys.Count);
        foreach (var name in list.ListKeys)
        {
            key.Add(map[name] ?? NullValue.Instance);
        }

        return key;
    }

    /// <summary>A value as it is written in an object.</summary>
    public static Value Plain(Value value) => value switch
    {
        OpaqueValue opaque => opaque.ToPlain() ?? value,
        _ => value,
    };

    private static Value CompareTyped(CelList list, IReadOnlyList<Value> others)
    {
        if (list.Count != others.Count)
        {
            return BoolValue.False;
        }

        switch (list.Schema.ListOrder)
        {
            case CelListOrder.Set:
                var set = list.Items.ToHashSet();
                return BoolValue.Of(others.All(o => set.Contains(Plain(o))));
            case CelListOrder.ByKeys:
                return CompareByKeys(list, others);
            default:
                for (var i = 0; i < list.Count; i++)
                {
                    var equal = Compare(list[i], others[i]);
                    if (equal is not BoolValue { Value: true })
                    {
                        return equal;
                    }
                }

                return BoolValue.True;
        }
    }

    private static Value CompareByKeys(CelList list, IReadOnlyList<Value> others)
    {
        var byKey = new Dictionary<Value, Value>(list.Count);
        foreach (var item in list.Items)
        {
            if (KeyOf(item, list.Schema) is { } key)
            {
                byKey[key] = item;
            }
        }

        foreach (var other in others)
        {
            if (KeyOf(other, list.Schema) is not { } key || !byKey.TryGetValue(key, out var item))
            {
                return BoolValue.False;
            }

            var equal = Compare(CelValues.Typed(item, list.Schema.Element!), other);
            if (equal is not BoolValue { Value: true })
            {
                return equal;
            }
        }

        return BoolValue.True;
    }

    private static Value CompareObjects(ObjectMap map, Value right, MapView view)
    {
        if (map.Size != (right is ObjectMap sized ? sized.Size : view.Count))
        {
            return BoolValue.False;
        }

        foreach (var (key, value) in map.Fields)
        {
            if (map.SchemaOf(key) is null)
            {
                // What nothing describes is compared as it is written.
                if (right is not ObjectMap other)
                {
                    return Mismatch(right);
                }

                if (other.Fields.TryGetValue(key, out var written) && !value.Equals(written))
                {
                    return BoolValue.False;
                }

                continue;
            }

            var isFound = map.TryFind(key, out var mine);
            if (isFound != view.TryFind(key, out var theirs))
            {
                return BoolValue.False;
            }

            if (isFound && Compare(mine!, theirs!) is var equal && equal is not BoolValue { Value: true })
            {
                return equal;
            }
        }

        return BoolValue.True;
    }

    // An item that does not compare counts as equal, as it does in cel-go; only reaching a limit ends it all.
    private static Value AreEqualInOrder(IReadOnlyList<Value> left, IReadOnlyList<Value> right)
    {
        if (left.Count != right.Count)
        {
            return BoolValue.False;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (AreEqual(left[i], right[i]) is var different && IsDecided(different))
            {
                return different;
            }
        }

        return BoolValue.True;
    }

    private static Value AreEqual(MapView left, MapView right)
    {
        if (left.Count != right.Count)
        {
            return BoolValue.False;
        }

        for (var i = 0; i < left.Count; i++)
        {
            var key = left.KeyAt(i);
            if (!left.TryFind(key, out var mine) || !right.TryFind(key, out var theirs))
            {
                return BoolValue.False;
            }

            if (AreEqual(mine, theirs) is var different && IsDecided(different))
            {
                return different;
            }
        }

        return BoolValue.True;
    }

    private static bool IsDecided(Value equal) => equal is BoolValue { Value: false } or CelError { IsFatal: true };

    private static Value Mismatch(Value right) => right is CelError ? right : CelError.NoSuchOverload;
}
