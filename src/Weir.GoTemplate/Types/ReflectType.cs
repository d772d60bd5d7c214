using System.Collections.Concurrent;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// A Go type as templates see it: in <c>%T</c>, in messages, and when arguments are checked against parameters.
/// Types are interned by their text, so two of them are identical when they are the same object.
/// </summary>
public sealed class ReflectType
{
    private static readonly ConcurrentDictionary<string, ReflectType> Interned = new(StringComparer.Ordinal);

    private ReflectType(string name, ReflectKind kind, bool isNamed)
    {
        Name = name;
        Kind = kind;
        IsNamed = isNamed;
    }

    /// <summary>Go's text of the type, such as <c>map[string]interface {}</c>.</summary>
    public string Name { get; }

    public ReflectKind Kind { get; }

    /// <summary>True for declared types such as <c>time.Time</c>, false for those spelled out such as <c>[]string</c>.</summary>
    public bool IsNamed { get; }

    /// <summary>The element of a slice, array, map, pointer or channel.</summary>
    public ReflectType? Element { get; private init; }

    /// <summary>The key of a map.</summary>
    public ReflectType? Key { get; private init; }

    /// <summary>What a function takes and returns.</summary>
    public Signature? Signature { get; private init; }

    public static ReflectType Bool { get; } = Basic("bool", ReflectKind.Bool);

    public static ReflectType Int { get; } = Basic("int", ReflectKind.Int);

    public static ReflectType Int8 { get; } = Basic("int8", ReflectKind.Int8);

    public static ReflectType Int16 { get; } = Basic("int16", ReflectKind.Int16);

    public static ReflectType Int32 { get; } = Basic("int32", ReflectKind.Int32);

    public static ReflectType Int64 { get; } = Basic("int64", ReflectKind.Int64);

    public static ReflectType UInt { get; } = Basic("uint", ReflectKind.UInt);

    public static ReflectType UInt8 { get; } = Basic("uint8", ReflectKind.UInt8);

    public static ReflectType UInt16 { get; } = Basic("uint16", ReflectKind.UInt16);

    public static ReflectType UInt32 { get; } = Basic("uint32", ReflectKind.UInt32);

    public static ReflectType UInt64 { get; } = Basic("uint64", ReflectKind.UInt64);

    public static ReflectType UIntPtr { get; } = Basic("uintptr", ReflectKind.UIntPtr);

    public static ReflectType Float32 { get; } = Basic("float32", ReflectKind.Float32);

    public static ReflectType Float64 { get; } = Basic("float64", ReflectKind.Float64);

    public static ReflectType Complex64 { get; } = Basic("complex64", ReflectKind.Complex64);

    public static ReflectType Complex128 { get; } = Basic("complex128", ReflectKind.Complex128);

    public static ReflectType String { get; } = Basic("string", ReflectKind.String);

    /// <summary><c>interface {}</c>: takes every value.</summary>
    public static ReflectType Any { get; } = Basic("interface {}", ReflectKind.Interface);

    public static ReflectType Error { get; } = Named("error", ReflectKind.Interface);

    public static ReflectType Stringer { get; } = Named("fmt.Stringer", ReflectKind.Interface);

    /// <summary>The parameter type of functions that look at values without their being converted.</summary>
    public static ReflectType ReflectValue { get; } = Named("reflect.Value", ReflectKind.Struct);

    public static ReflectType Time { get; } = Named("time.Time", ReflectKind.Struct);

    public static ReflectType Duration { get; } = Named("time.Duration", ReflectKind.Int64);

    public static ReflectType AnyList { get; } = SliceOf(Any);

    public static ReflectType StringList { get; } = SliceOf(String);

    public static ReflectType Bytes { get; } = SliceOf(UInt8);

    public static ReflectType AnyMap { get; } = MapOf(String, Any);

    /// <summary>A declared type. The same name must always come with the same kind.</summary>
    public static ReflectType Named(string name, ReflectKind kind)
    {
        var type = Interned.GetOrAdd(name, static (n, k) => new ReflectType(n, k, isNamed: true), kind);
        return type.Kind == kind
            ? type
            : throw new ArgumentException($"The type {name} is of kind {type.Kind}, not {kind}.", nameof(kind));
    }

    /// <summary>A declared slice, map, array, pointer or function type, such as <c>type Values map[string]any</c>.</summary>
    public static ReflectType Named(string name, ReflectType underlying) => Interned.GetOrAdd(
        name,
        static (n, u) => new ReflectType(n, u.Kind, isNamed: true) { Element = u.Element, Key = u.Key, Signature = u.Signature },
        underlying);

    public static ReflectType SliceOf(ReflectType element) => Interned.GetOrAdd(
        $"[]{element.Name}",
        static (n, e) => new ReflectType(n, ReflectKind.Slice, isNamed: false) { Element = e },
        element);

    public static ReflectType ArrayOf(int length, ReflectType element) => Interned.GetOrAdd(
        $"[{length}]{element.Name}",
        static (n, e) => new ReflectType(n, ReflectKind.Array, isNamed: false) { Element = e },
        element);

    public static ReflectType MapOf(ReflectType key, ReflectType element) => Interned.GetOrAdd(
        $"map[{key.Name}]{element.Name}",
        static (n, t) => new ReflectType(n, ReflectKind.Map, isNamed: false) { Key = t.key, Element = t.element },
        (key, element));

    public static ReflectType PointerTo(ReflectType element) => Interned.GetOrAdd(
        $"*{element.Name}",
        static (n, e) => new ReflectType(n, ReflectKind.Pointer, isNamed: false) { Element = e },
        element);

    public static ReflectType ChanOf(ReflectType element) => Interned.GetOrAdd(
        $"chan {element.Name}",
        static (n, e) => new ReflectType(n, ReflectKind.Chan, isNamed: false) { Element = e },
        element);

    public static ReflectType FuncOf(Signature signature) => Interned.GetOrAdd(
        signature.ToString(),
        static (n, s) => new ReflectType(n, ReflectKind.Func, isNamed: false) { Signature = s },
        signature);

    /// <summary>
    /// The type that Go writes so: <c>any</c>, <c>[]string</c>, <c>map[string]any</c>, <c>func(int) string</c>.
    /// A name not yet known is a struct. Throws <see cref="FormatException"/> when the text is no type.
    /// </summary>
    public static ReflectType Parse(string text) => new TypeReader(text).ReadWhole();

    /// <summary>The Go type of a value; null for a nil that has no type.</summary>
    public static ReflectType? Of(Value? value) => value switch
    {
        null or NullValue => null,
        StringValue => String,
        BoolValue => Bool,
        FloatValue => Float64,
        IntValue i => OfInteger(i.Type),
        MapValue m => m.ElementType == ElementType.Any ? AnyMap : MapOf(String, OfElement(m.ElementType)),
        ListValue l => l.ElementType == ElementType.Any ? AnyList : SliceOf(OfElement(l.ElementType)),
        GoObject o => o.Type,
        OpaqueValue o => Parse(o.GoType),
        _ => null,
    };

    public static ReflectType OfInteger(IntegerType type) => type switch
    {
        IntegerType.Int64 => Int64,
        IntegerType.Int => Int,
        IntegerType.Int32 => Int32,
        IntegerType.Int16 => Int16,
        IntegerType.Int8 => Int8,
        IntegerType.UInt64 => UInt64,
        IntegerType.UInt => UInt,
        IntegerType.UInt32 => UInt32,
        IntegerType.UInt16 => UInt16,
        _ => UInt8,
    };

    public static ReflectType OfElement(ElementType type) => type switch
    {
        ElementType.String => String,
        ElementType.Int => Int,
        ElementType.Int64 => Int64,
        ElementType.Float64 => Float64,
        ElementType.Bool => Bool,
        ElementType.Byte => UInt8,
        ElementType.StringList => StringList,
        _ => Any,
    };

    /// <summary>Go's rule of what may be passed where this type is wanted, for a value of type <paramref name="other"/>.</summary>
    public bool Accepts(ReflectType other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(this, Any))
        {
            return true;
        }

        // A declared type and a spelled-out one with the same structure.
        return Kind == other.Kind && IsNamed != other.IsNamed && Kind is ReflectKind.Map or ReflectKind.Slice or ReflectKind.Func
            && Kind == other.Kind && ReferenceEquals(Element, other.Element) && ReferenceEquals(Key, other.Key)
            && (Kind != ReflectKind.Func || Signature?.ToString() == other.Signature?.ToString());
    }

    /// <summary>True when nil is a value of this type.</summary>
    public bool CanBeNil => Kind is ReflectKind.Interface or ReflectKind.Map or ReflectKind.Slice
        or ReflectKind.Pointer or ReflectKind.Func or ReflectKind.Chan || ReferenceEquals(this, ReflectValue);

    public override string ToString() => Name;

    internal static ReflectType? FindNamed(string name) => name switch
    {
        "any" => Any,
        "byte" => UInt8,
        "rune" => Int32,
        _ => Interned.GetValueOrDefault(name),
    };

    private static ReflectType Basic(string name, ReflectKind kind) =>
        Interned.GetOrAdd(name, static (n, k) => new ReflectType(n, k, isNamed: true), kind);
}
