using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>A number or character constant. Its text decides its type where none is asked for.</summary>
internal sealed class NumberLiteral : Literal
{
    private readonly Value? _ideal;

    public NumberLiteral(ParsedText source, int position, GoNumber number)
        : base(source, position, number.Text)
    {
        Number = number;
        _ideal = IdealOf(number);
    }

    public GoNumber Number { get; }

    protected override Value? Ideal(Execution execution) => _ideal ?? execution.Fail($"{Text} overflows int");

    protected override Value? As(ReflectType type) => type.Kind switch
    {
        >= ReflectKind.Int and <= ReflectKind.Int64 when Number.IsInt => new IntValue(Number.Int64, ToIntegerType(type.Kind)),
        >= ReflectKind.UInt and <= ReflectKind.UIntPtr when Number.IsUInt =>
            new IntValue(unchecked((long)Number.UInt64), ToIntegerType(type.Kind)),
        ReflectKind.Float32 or ReflectKind.Float64 when Number.IsFloat => new FloatValue(Number.Float64),
        ReflectKind.Complex64 or ReflectKind.Complex128 when Number.IsComplex => new GoComplex(Number.Complex128),
        _ => null,
    };

    private static Value? IdealOf(GoNumber number)
    {
        if (number.IsComplex)
        {
            return new GoComplex(number.Complex128);
        }

        if (number.IsFloat && number.LooksLikeFloat)
        {
            return new FloatValue(number.Float64);
        }

        return number.IsInt ? new IntValue(number.Int64, IntegerType.Int) : null;
    }

    private static IntegerType ToIntegerType(ReflectKind kind) => kind switch
    {
        ReflectKind.Int => IntegerType.Int,
        ReflectKind.Int8 => IntegerType.Int8,
        ReflectKind.Int16 => IntegerType.Int16,
        ReflectKind.Int32 => IntegerType.Int32,
        ReflectKind.UInt or ReflectKind.UIntPtr => IntegerType.UInt,
        ReflectKind.UInt8 => IntegerType.UInt8,
        ReflectKind.UInt16 => IntegerType.UInt16,
        ReflectKind.UInt32 => IntegerType.UInt32,
        ReflectKind.UInt64 => IntegerType.UInt64,
        _ => IntegerType.Int64,
    };
}
