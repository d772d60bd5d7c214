using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>The order in which Go prints and ranges over the keys of a map (<c>internal/fmtsort</c>).</summary>
public static class KeyOrder
{
    /// <summary>Nil is lowest; numbers and strings go by value, false before true; different types by type.</summary>
    public static int Compare(Value left, Value right) => (left, right) switch
    {
        (StringValue a, StringValue b) => GoString.Compare(a.Value, b.Value),
        (IntValue a, IntValue b) when a.Type == b.Type => a.IsUnsigned
            ? a.UnsignedValue.CompareTo(b.UnsignedValue)
            : a.Value.CompareTo(b.Value),
        (FloatValue a, FloatValue b) => a.Value.CompareTo(b.Value),
        (BoolValue a, BoolValue b) => a.Value.CompareTo(b.Value),
        (GoComplex a, GoComplex b) when a.Value.Real != b.Value.Real => a.Value.Real.CompareTo(b.Value.Real),
        (GoComplex a, GoComplex b) => a.Value.Imaginary.CompareTo(b.Value.Imaginary),
        (NullValue, NullValue) => 0,
        (NullValue, _) => -1,
        (_, NullValue) => 1,
        (ListValue a, ListValue b) => CompareLists(a, b),
        (GoObject { Underlying: { } a }, GoObject { Underlying: { } b }) => Compare(a, b),
        (GoObject a, GoObject b) when ReferenceEquals(a.Type, b.Type) => CompareFields(a, b),
        _ => TypeRank(left).CompareTo(TypeRank(right)),
    };

    /// <summary>The entries of a plain map in this order.</summary>
    public static KeyValuePair<string, Value>[] Sorted(MapValue map)
    {
        var entries = new KeyValuePair<string, Value>[map.Count];
        var count = 0;
        var sorted = true;
        foreach (var entry in map)
        {
            entries[count] = entry;
            sorted = sorted && (count == 0 || GoString.Compare(entries[count - 1].Key, entry.Key) < 0);
            count++;
        }

        if (!sorted)
        {
            Array.Sort(entries, static (a, b) => GoString.Compare(a.Key, b.Key));
        }

        return entries;
    }

    private static int CompareLists(ListValue left, ListValue right)
    {
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            var order = Compare(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    private static int CompareFields(GoObject left, GoObject right)
    {
        using var others = right.Fields.GetEnumerator();
        foreach (var (_, value) in left.Fields)
        {
            if (!others.MoveNext())
            {
                return 1;
            }

            var order = Compare(value, others.Current.Value);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>Go orders types by machine address, which no program can foresee; by kind is one such order.</summary>
    private static int TypeRank(Value value) => (int)(ReflectType.Of(value)?.Kind ?? ReflectKind.Invalid);
}
