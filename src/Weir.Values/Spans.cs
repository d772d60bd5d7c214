namespace Weir.Values;

/// <summary>Places for values that were read from a text without a file, such as one that was written out and changed.</summary>
public static class Spans
{
    /// <summary>
    /// The value with the places of another of like shape: each part takes the place of the part at the same path, and has none
    /// when there is no such part. Maps and lists are new; scalars that are not texts or numbers stay themselves.
    /// </summary>
    public static Value Take(Value value, Value? written)
    {
        ArgumentNullException.ThrowIfNull(value);
        var span = written?.Span ?? default;
        switch (value)
        {
            case MapValue map:
                var old = written as MapValue;
                var copy = new MapValue(map.Count) { ElementType = map.ElementType, Span = span };
                foreach (var (key, item) in map)
                {
                    copy.Set(key, Take(item, old?[key]), old?.KeySpan(key) ?? default);
                }

                return copy;
            case ListValue list:
                var items = new ListValue(list.Count) { ElementType = list.ElementType, Span = span };
                for (var i = 0; i < list.Count; i++)
                {
                    items.Add(Take(list[i], written is ListValue others && i < others.Count ? others[i] : null));
                }

                return items;
            case StringValue text:
                return new StringValue(text.Value) { Span = span };
            case IntValue number:
                return new IntValue(number.Value, number.Type) { Span = span };
            case FloatValue number:
                return new FloatValue(number.Value) { Span = span };
            default:
                return value;
        }
    }
}
