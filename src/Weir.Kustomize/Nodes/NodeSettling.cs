using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>Turns what is still written text into plain values, as the way through JSON does.</summary>
internal static class NodeSettling
{
    /// <summary>Settles everything below a value in place. The value itself must be a map or a list.</summary>
    public static void Settle(Value root)
    {
        switch (root)
        {
            case MapValue map:
                for (var i = 0; i < map.Count; i++)
                {
                    var (key, value) = map.EntryAt(i);
                    JsonReread.CheckKey(key, value.Span);
                    if (value is MapValue or ListValue)
                    {
                        Settle(value);
                    }
                    else if (SettleScalar(value) is var settled && !ReferenceEquals(settled, value))
                    {
                        map[key] = settled;
                    }
                }

                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is MapValue or ListValue)
                    {
                        Settle(list[i]);
                    }
                    else
                    {
                        list[i] = SettleScalar(list[i]);
                    }
                }

                break;
        }
    }

    /// <summary>A settled copy; the value stays as it is.</summary>
    public static Value ToPlainCopy(Value value)
    {
        if (value is not (MapValue or ListValue))
        {
            return SettleScalar(value);
        }

        var copy = value.DeepClone();
        Settle(copy);
        return copy;
    }

    /// <summary>The plain value of a scalar.</summary>
    public static Value SettleScalar(Value value)
    {
        string? error = null;
        var settled = value switch
        {
            WrittenScalar written => written.ToPlain(out error),
            StringValue text when JsonReread.Changes(text.Value) => new StringValue(JsonReread.Value(text.Value, value.Span)) { Span = value.Span },
            FloatValue => ScalarText.NumberFromJson(value, out error),
            _ => value,
        };
        return settled ?? throw new BuildFailure(error!, value.Span)
        {
            Code = "kustomize-scalar",
        };
    }
}
