using System.Globalization;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>The builtins <c>index</c>, <c>slice</c> and <c>len</c>.</summary>
internal static class IndexFunctions
{
    public static Value? Index(CallContext context, Arguments arguments)
    {
        var item = BuiltinFunctions.Valid(arguments[0]);
        if (item is null)
        {
            return context.Fail("index of untyped nil");
        }

        for (var i = 1; i < arguments.Count; i++)
        {
            item = item is null or NullValue ? null : Indirect(item);
            if (item is null)
            {
                return context.Fail("index of nil pointer");
            }

            item = Step(context, item, BuiltinFunctions.Valid(arguments[i]));
            if (context.HasFailed)
            {
                return null;
            }
        }

        return item;
    }

    public static Value? Slice(CallContext context, Arguments arguments)
    {
        var item = BuiltinFunctions.Valid(arguments[0]);
        if (item is null)
        {
            return context.Fail("slice of untyped nil");
        }

        item = Indirect(item);
        if (item is null)
        {
            return context.Fail("slice of nil pointer");
        }

        var count = arguments.Count - 1;
        if (count > 3)
        {
            return context.Fail(string.Create(CultureInfo.InvariantCulture, $"too many slice indexes: {count}"));
        }

        var plain = Plain(item);
        if (plain is StringValue && count == 3)
        {
            return context.Fail("cannot 3-index slice a string");
        }

        var whole = item is GoObject { Backing: { } backing } ? backing : plain;
        int length, capacity;
        switch (plain)
        {
            case StringValue s:
                length = capacity = GoString.ByteLength(s.Value);
                break;
            case ListValue list:
                (length, capacity) = (list.Count, ((ListValue)whole!).Count);
                break;
            case GoNil { Type.Kind: ReflectKind.Slice }:
                length = capacity = 0;
                break;
            default:
                return context.Fail($"can't slice item of type {GoFormat.TypeName(item)}");
        }

        Span<int> places = [0, length, capacity];
        for (var i = 0; i < count; i++)
        {
            if (!TryPlace(context, BuiltinFunctions.Valid(arguments[i + 1]), capacity, out places[i]))
            {
                return null;
            }
        }

        for (var i = 1; i < Math.Max(2, count); i++)
        {
            if (places[i - 1] > places[i])
            {
                return context.Fail(string.Create(CultureInfo.InvariantCulture, $"invalid slice index: {places[i - 1]} > {places[i]}"));
            }
        }

        return plain switch
        {
            StringValue s => new StringValue(GoString.Slice(s.Value, places[0], places[1])),
            ListValue list => Part((ListValue)whole!, places[0], places[1], list.ElementType),
            _ => plain,
        };
    }

    public static Value? Len(CallContext context, Arguments arguments)
    {
        var item = arguments[0];
        if (item is NullValue || Indirect(item) is not { } target)
        {
            return context.Fail(item is NoValue ? "reflect: call of reflect.Value.Type on zero Value" : "len of nil pointer");
        }

        return Plain(target) switch
        {
            NoValue => context.Fail("reflect: call of reflect.Value.Type on zero Value"),
            StringValue s => new IntValue(GoString.ByteLength(s.Value), IntegerType.Int),
            ListValue list => new IntValue(list.Count, IntegerType.Int),
            MapValue map => new IntValue(map.Count, IntegerType.Int),
            GoMap map => new IntValue(map.Count, IntegerType.Int),
            GoNil { Type.Kind: ReflectKind.Map or ReflectKind.Slice or ReflectKind.Chan } => new IntValue(0, IntegerType.Int),
            _ => context.Fail($"len of type {GoFormat.TypeName(target)}"),
        };
    }

    private static Value? Step(CallContext context, Value item, Value? index)
    {
        switch (Plain(item))
        {
            case MapValue map:
                return FromMap(context, map, index);
            case GoMap map:
                return FromGoMap(context, map, index);
            case ListValue list when TryPlace(context, index, list.Count, out var place):
                return place < list.Count
                    ? list[place]
                    : context.Fail("reflect: slice index out of range");
            case StringValue s when TryPlace(context, index, GoString.ByteLength(s.Value), out var place):
                var bytes = GoString.ToBytes(s.Value);
                return place < bytes.Length
                    ? new IntValue(bytes[place], IntegerType.UInt8)
                    : context.Fail("reflect: string index out of range");
            case ListValue or StringValue:
                return null;
            case GoNil { Type.Kind: ReflectKind.Map } nil:
                return Parameters.Zero(nil.Type.Element!);
            case GoNil { Type.Kind: ReflectKind.Slice }:
                return TryPlace(context, index, 0, out _) ? context.Fail("reflect: slice index out of range") : null;
            default:
                return context.Fail($"can't index item of type {GoFormat.TypeName(item)}");
        }
    }

    private static Value? FromMap(CallContext context, MapValue map, Value? index)
    {
        var key = index is GoObject { Underlying: StringValue s } ? s : index;
        if (key is StringValue text)
        {
            return map[text.Value] ?? Parameters.Zero(ReflectType.OfElement(map.ElementType));
        }

        return context.Fail(index is null
            ? "value is nil; should be of type string"
            : $"value has type {GoFormat.TypeName(index)}; should be string");
    }

    private static Value? FromGoMap(CallContext context, GoMap map, Value? index)
    {
        var type = map.Type.Key!;
        if (index is null && !type.CanBeNil)
        {
            return context.Fail($"value is nil; should be of type {type.Name}");
        }

        var key = index ?? NullValue.Instance;
        if (ReflectType.Of(key) is { } actual && !type.Accepts(actual))
        {
            if (CallFunction.ConvertInteger(key, type) is not { } converted)
            {
                return context.Fail($"value has type {actual.Name}; should be {type.Name}");
            }

            key = converted;
        }

        return map.TryGetValue(key, out var value) ? value : Parameters.Zero(map.Type.Element!);
    }

    /// <summary>An index as a number from 0 up to and including the capacity.</summary>
    private static bool TryPlace(CallContext context, Value? index, int capacity, out int place)
    {
        place = 0;
        var plain = index is null ? null : Plain(index);
        if (plain is not IntValue number)
        {
            context.Fail(index is null
                ? "cannot index slice/array with nil"
                : $"cannot index slice/array with type {GoFormat.TypeName(index)}");
            return false;
        }

        if (number.Value < 0 || number.Value > capacity)
        {
            context.Fail(string.Create(CultureInfo.InvariantCulture, $"index out of range: {number.Value}"));
            return false;
        }

        place = (int)number.Value;
        return true;
    }

    private static ListValue Part(ListValue list, int start, int end, ElementType type)
    {
        var part = new ListValue(end - start) { ElementType = type };
        for (var i = start; i < end; i++)
        {
            part.Add(list[i]);
        }

        return part;
    }

    private static Value? Indirect(Value item)
    {
        while (item is GoObject { Type.Kind: ReflectKind.Pointer or ReflectKind.Interface } pointer)
        {
            if (pointer.Target is not { } target)
            {
                return null;
            }

            item = target;
        }

        return item;
    }

    private static Value Plain(Value value) => value is GoObject { Underlying: { } underlying } ? underlying : value;
}
