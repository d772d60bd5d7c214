using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Lists. A function and its <c>must</c> twin differ only in how Go reports the same message.</summary>
internal static class ListFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("list", "func(...interface {}) []interface {}", static (_, a) => new ListValue([.. a.From(0)])),
        new("tuple", "func(...interface {}) []interface {}", static (_, a) => new ListValue([.. a.From(0)])),
        .. Twins("append", "mustAppend", "func(interface {}, interface {}) []interface {}", static (c, a) => Add(c, a, atEnd: true)),
        .. Twins("push", "mustPush", "func(interface {}, interface {}) []interface {}", static (c, a) => Add(c, a, atEnd: true)),
        .. Twins("prepend", "mustPrepend", "func(interface {}, interface {}) []interface {}", static (c, a) => Add(c, a, atEnd: false)),
        .. Twins("first", "mustFirst", "func(interface {}) interface {}", static (c, a) => End(c, a[0], "first")),
        .. Twins("last", "mustLast", "func(interface {}) interface {}", static (c, a) => End(c, a[0], "last")),
        .. Twins("rest", "mustRest", "func(interface {}) []interface {}", static (c, a) => Without(c, a[0], "rest")),
        .. Twins("initial", "mustInitial", "func(interface {}) []interface {}", static (c, a) => Without(c, a[0], "initial")),
        .. Twins("reverse", "mustReverse", "func(interface {}) []interface {}", Reverse),
        .. Twins("uniq", "mustUniq", "func(interface {}) []interface {}", Unique),
        .. Twins("without", "mustWithout", "func(interface {}, ...interface {}) []interface {}", Without),
        .. Twins("has", "mustHas", "func(interface {}, interface {}) bool", Has),
        .. Twins("compact", "mustCompact", "func(interface {}) []interface {}", Compact),
        .. Twins("slice", "mustSlice", "func(interface {}, ...interface {}) interface {}", Slice),
        .. Twins("chunk", "mustChunk", "func(int, interface {}) [][]interface {}", Chunk),
        new("concat", "func(...interface {}) interface {}", Concatenate),
    ]);

    private static IEnumerable<TemplateFunction> Twins(string name, string mustName, string signature, FunctionBody body)
    {
        yield return new TemplateFunction(name, signature, body);
        var result = signature.LastIndexOf(") ", StringComparison.Ordinal) + 2;
        yield return new TemplateFunction(mustName, $"{signature[..result]}({signature[result..]}, error)", body);
    }

    private static Value? WrongKind(CallContext context, Value value, string message) =>
        context.Fail(GoValue.IsNil(value) ? GoValue.NilDereference : message + GoValue.KindName(value));

    private static Value? Add(CallContext context, Arguments arguments, bool atEnd)
    {
        if (GoValue.List(arguments[0]) is not { } list)
        {
            return WrongKind(context, arguments[0], atEnd ? "Cannot push on type " : "Cannot prepend on type ");
        }

        var result = new ListValue(list.Count + 1);
        if (!atEnd)
        {
            result.Add(arguments[1]);
        }

        foreach (var item in list)
        {
            result.Add(item);
        }

        if (atEnd)
        {
            result.Add(arguments[1]);
        }

        return result;
    }

    private static Value? End(CallContext context, Value value, string name)
    {
        if (GoValue.List(value) is not { } list)
        {
            return WrongKind(context, value, $"Cannot find {name} on type ");
        }

        return list.Count == 0 ? null : list[name == "first" ? 0 : list.Count - 1];
    }

    private static Value? Without(CallContext context, Value value, string name)
    {
        if (GoValue.List(value) is not { } list)
        {
            return WrongKind(context, value, $"Cannot find {name} on type ");
        }

        if (list.Count == 0)
        {
            return GoValue.NilList;
        }

        var skipFirst = name == "rest" ? 1 : 0;
        return Part(list, skipFirst, list.Count - 1 + skipFirst, ElementType.Any);
    }

    private static ListValue Part(ListValue list, int start, int end, ElementType elementType)
    {
        var part = new ListValue(end - start) { ElementType = elementType };
        for (var i = start; i < end; i++)
        {
            part.Add(list[i]);
        }

        return part;
    }

    private static Value? Reverse(CallContext context, Arguments arguments)
    {
        if (GoValue.List(arguments[0]) is not { } list)
        {
            return WrongKind(context, arguments[0], "Cannot find reverse on type ");
        }

        var result = new ListValue(list.Count);
        for (var i = list.Count - 1; i >= 0; i--)
        {
            result.Add(list[i]);
        }

        return result;
    }

    private static Value? Unique(CallContext context, Arguments arguments)
    {
        if (GoValue.List(arguments[0]) is not { } list)
        {
            return WrongKind(context, arguments[0], "Cannot find uniq on type ");
        }

        var seen = new HashSet<Value>(GoValueComparer.Instance);
        var result = new ListValue();
        foreach (var item in list)
        {
            if (seen.Add(item))
            {
                result.Add(item);
            }
        }

        return result;
    }

    private static Value? Without(CallContext context, Arguments arguments)
    {
        if (GoValue.List(arguments[0]) is not { } list)
        {
            return WrongKind(context, arguments[0], "Cannot find without on type ");
        }

        var result = new ListValue(list.Count);
        foreach (var item in list)
        {
            if (!Contains(arguments.From(1), item))
            {
                result.Add(item);
            }
        }

        return result;
    }

    private static bool Contains(ReadOnlySpan<Value> values, Value wanted)
    {
        foreach (var value in values)
        {
            if (GoValue.DeepEqual(value, wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static Value? Has(CallContext context, Arguments arguments)
    {
        if (GoValue.IsNil(arguments[1]))
        {
            return false;
        }

        if (GoValue.List(arguments[1]) is not { } list)
        {
            return WrongKind(context, arguments[1], "Cannot find has on type ");
        }

        foreach (var item in list)
        {
            if (GoValue.DeepEqual(arguments[0], item))
            {
                return true;
            }
        }

        return false;
    }

    private static Value? Compact(CallContext context, Arguments arguments)
    {
        if (GoValue.List(arguments[0]) is not { } list)
        {
            return WrongKind(context, arguments[0], "Cannot compact on type ");
        }

        var result = new ListValue();
        foreach (var item in list)
        {
            if (!GoValue.IsEmpty(item))
            {
                result.Add(item);
            }
        }

        return result;
    }

    private static Value? Slice(CallContext context, Arguments arguments)
    {
        if (GoValue.List(arguments[0]) is not { } list)
        {
            return WrongKind(context, arguments[0], "list should be type of slice or array but ");
        }

        if (list.Count == 0)
        {
            return null;
        }

        var start = arguments.Count > 1 ? GoCast.ToInt64(arguments[1]) : 0;
        var end = arguments.Count > 2 ? GoCast.ToInt64(arguments[2]) : list.Count;
        return start < 0 || end < start || end > list.Count
            ? context.Fail("reflect.Value.Slice: slice index out of bounds")
            : Part(list, (int)start, (int)end, list.ElementType);
    }

    private static Value? Chunk(CallContext context, Arguments arguments)
    {
        if (GoValue.List(arguments[1]) is not { } list)
        {
            return WrongKind(context, arguments[1], "Cannot chunk type ");
        }

        var size = arguments.Int(0);
        if (size <= 0)
        {
            return context.Fail("runtime error: makeslice: len out of range");
        }

        var chunks = new ListValue();
        for (var start = 0L; start < list.Count; start += size)
        {
            chunks.Add(Part(list, (int)start, (int)Math.Min(start + size, list.Count), ElementType.Any));
        }

        return chunks;
    }

    private static Value? Concatenate(CallContext context, Arguments arguments)
    {
        var result = new ListValue();
        foreach (var value in arguments.From(0))
        {
            if (GoValue.List(value) is not { } list)
            {
                return context.Fail(GoValue.IsNil(value) ? GoValue.NilDereference : $"Cannot concat type {GoValue.KindName(value)} as list");
            }

            foreach (var item in list)
            {
                result.Add(item);
            }
        }

        return result.Count == 0 ? GoValue.NilList : result;
    }
}
