using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Decides whether a value may be passed where a type is wanted, as Go does: no number is ever converted.</summary>
internal static class Parameters
{
    /// <summary>The value to pass, or <see langword="null"/> after recording why it may not. Without a type every value is fine.</summary>
    public static Value? Validate(Execution execution, Value? value, ReflectType? type)
    {
        if (type is null)
        {
            return value;
        }

        if (value is null)
        {
            return type.CanBeNil ? Zero(type) : execution.Fail($"invalid value; expected {type.Name}");
        }

        if (ReferenceEquals(type, ReflectType.Any) || ReferenceEquals(type, ReflectType.ReflectValue))
        {
            return value;
        }

        return (value, type.Kind) switch
        {
            (StringValue, ReflectKind.String) when ReferenceEquals(type, ReflectType.String) => value,
            (NullValue, _) => WrongType(execution, type, ReflectType.Any.Name),
            _ => ValidateType(execution, value, type),
        };
    }

    /// <summary>Go's zero value of a type.</summary>
    public static Value Zero(ReflectType type) => type.Kind switch
    {
        _ when ReferenceEquals(type, ReflectType.Any) => NullValue.Instance,
        _ when ReferenceEquals(type, ReflectType.ReflectValue) => NoValue.Instance,
        ReflectKind.String => StringValue.Empty,
        ReflectKind.Bool => BoolValue.False,
        ReflectKind.Int => new IntValue(0, IntegerType.Int),
        ReflectKind.Int8 => new IntValue(0, IntegerType.Int8),
        ReflectKind.Int16 => new IntValue(0, IntegerType.Int16),
        ReflectKind.Int32 => new IntValue(0, IntegerType.Int32),
        ReflectKind.Int64 => new IntValue(0, IntegerType.Int64),
        ReflectKind.UInt or ReflectKind.UIntPtr => new IntValue(0, IntegerType.UInt),
        ReflectKind.UInt8 => new IntValue(0, IntegerType.UInt8),
        ReflectKind.UInt16 => new IntValue(0, IntegerType.UInt16),
        ReflectKind.UInt32 => new IntValue(0, IntegerType.UInt32),
        ReflectKind.UInt64 => new IntValue(0, IntegerType.UInt64),
        ReflectKind.Float32 or ReflectKind.Float64 => new FloatValue(0),
        ReflectKind.Complex64 or ReflectKind.Complex128 => new GoComplex(default),
        _ when type.CanBeNil => new GoNil(type),
        _ => NullValue.Instance,
    };

    private static Value? ValidateType(Execution execution, Value value, ReflectType type)
    {
        var actual = ReflectType.Of(value);
        if (actual is null || type.Accepts(actual) || Implements(value, type))
        {
            return value;
        }

        if (value is GoObject { Type: { Kind: ReflectKind.Pointer, Element: { } element } } pointer && type.Accepts(element))
        {
            return pointer.Target ?? execution.Fail($"dereference of nil pointer of type {type.Name}");
        }

        if (value is GoObject { Address: { } address } && (type.Accepts(address.Type) || Implements(address, type)))
        {
            return address;
        }

        return WrongType(execution, type, actual.Name);
    }

    private static bool Implements(Value value, ReflectType type) =>
        type.Kind == ReflectKind.Interface && value is GoObject o && o.Implements(type);

    private static Value? WrongType(Execution execution, ReflectType expected, string actual) =>
        execution.Fail($"wrong type for value; expected {expected.Name}; got {actual}");
}
