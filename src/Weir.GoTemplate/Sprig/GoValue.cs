using System.Globalization;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>What sprig's functions ask of any value: its kind, whether it is empty, its text.</summary>
internal static class GoValue
{
    private const int MaxDepth = 2_000;
    private const int MaxNodes = 20_000_000;

    /// <summary>What a function says that will not walk a value which is not bounded.</summary>
    public const string Unbounded = "the value is nested too deeply or has too many parts";

    public const string NilDereference = "runtime error: invalid memory address or nil pointer dereference";

    /// <summary>The plain value underneath a named type, or the value itself.</summary>
    public static Value Plain(Value value) => value is GoObject { Underlying: { } underlying } ? underlying : value;

    /// <summary>The value as Go's <c>reflect.Kind</c> prints it.</summary>
    public static string KindName(Value value) => KindName(ReflectType.Of(value)?.Kind ?? ReflectKind.Invalid);

    /// <summary>Go's <c>interface == nil</c>.</summary>
    public static bool IsNil(Value value) => value is NullValue;

    /// <summary>sprig's <c>empty</c>: the zero value of its type, or a list, map or string without content.</summary>
    public static bool IsEmpty(Value value) => value switch
    {
        NullValue => true,
        StringValue s => s.Value.Length == 0,
        BoolValue b => !b.Value,
        IntValue i => i.Value == 0,
        FloatValue f => f.Value == 0,
        ListValue l => l.Count == 0,
        MapValue m => m.Count == 0,
        GoObject { IsNil: true } => true,
        GoObject { Underlying: { } underlying } => IsEmpty(underlying),
        _ => false,
    };

    /// <summary>sprig's <c>strval</c>: strings and bytes as they are, what has a text of its own by that, all else as <c>%v</c>.</summary>
    public static string Text(Value value) => value switch
    {
        StringValue s => s.Value,
        BoolValue b => b.Value ? "true" : "false",
        IntValue i => i.ToString(),
        ListValue { ElementType: ElementType.Byte } l => GoString.FromBytes(Bytes(l)),
        GoObject { Underlying: ListValue { ElementType: ElementType.Byte } l } o when o.ToText() is null => GoString.FromBytes(Bytes(l)),
        _ => GoFormat.ToText(value),
    };

    /// <summary>The list in a value of kind slice or array, empty for a nil one; <see langword="null"/> for other kinds.</summary>
    public static ListValue? List(Value value) => value switch
    {
        ListValue l => l,
        GoObject { Underlying: ListValue l } => l,
        GoObject { IsNil: true } o when o.Type.Kind == ReflectKind.Slice => [],
        _ => null,
    };

    public static byte[] Bytes(ListValue list)
    {
        var bytes = new byte[list.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((IntValue)list[i]).Value;
        }

        return bytes;
    }

    public static ListValue StringList(IEnumerable<string> items)
    {
        var list = new ListValue { ElementType = ElementType.String };
        foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    /// <summary>A nil <c>[]interface {}</c>: empty, but <c>null</c> in JSON.</summary>
    public static Value NilList { get; } = new GoNil(ReflectType.AnyList);

    /// <summary>A nil <c>[]string</c>.</summary>
    public static Value NilStringList { get; } = new GoNil(ReflectType.StringList);

    /// <summary>A nil <c>map[string]interface {}</c>.</summary>
    public static Value NilMap { get; } = new GoNil(ReflectType.AnyMap);

    public static Value Int(long value) => new IntValue(value, IntegerType.Int);

    /// <summary>Go's <c>reflect.DeepEqual</c>: types count, and <c>[]string</c> is no <c>[]interface {}</c>.</summary>
    public static bool DeepEqual(Value left, Value right) => DeepEqual(left, right, 0);

    /// <summary>False for what is nested so deep, or shares parts so often, that walking it whole could not end well.</summary>
    public static bool IsBounded(Value value)
    {
        var nodes = 0;
        return IsBounded(value, 0, ref nodes);
    }

    private static bool IsBounded(Value value, int depth, ref int nodes)
    {
        if (++nodes > MaxNodes || depth > MaxDepth)
        {
            return false;
        }

        switch (Plain(value))
        {
            case ListValue list:
                foreach (var item in list)
                {
                    if (!IsBounded(item, depth + 1, ref nodes))
                    {
                        return false;
                    }
                }

                return true;
            case MapValue map:
                foreach (var (_, item) in map)
                {
                    if (!IsBounded(item, depth + 1, ref nodes))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }

    private static bool DeepEqual(Value left, Value right, int depth)
    {
        if (depth > MaxDepth || ReferenceEquals(left, right))
        {
            // Go follows equal pointers no further either, but for NaN, which differs from itself.
            return ReferenceEquals(left, right) && left is not FloatValue { Value: double.NaN };
        }

        switch (left, right)
        {
            case (ListValue a, ListValue b):
                if (a.ElementType != b.ElementType || a.Count != b.Count)
                {
                    return false;
                }

                for (var i = 0; i < a.Count; i++)
                {
                    if (!DeepEqual(a[i], b[i], depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            case (MapValue a, MapValue b):
                if (a.ElementType != b.ElementType || a.Count != b.Count)
                {
                    return false;
                }

                foreach (var (key, value) in a)
                {
                    if (!b.TryGetValue(key, out var other) || !DeepEqual(value, other, depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            case (GoObject { Underlying: { } a } x, GoObject { Underlying: { } b } y):
                return ReferenceEquals(x.Type, y.Type) && DeepEqual(a, b, depth + 1);
            default:
                return left.Equals(right);
        }
    }

    public static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string KindName(ReflectKind kind) => kind switch
    {
        ReflectKind.Pointer => "ptr",
        ReflectKind.UnsafePointer => "unsafe.Pointer",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
