using System.Globalization;

namespace Weir.Values;

/// <summary>
/// An integer with its Go type. Unsigned 64-bit numbers above <see cref="long.MaxValue"/> keep their bits in
/// <see cref="Value"/>; read them through <see cref="UnsignedValue"/>.
/// </summary>
public sealed class IntValue(long value, IntegerType type = IntegerType.Int64) : Value
{
    public long Value { get; } = value;

    public IntegerType Type { get; } = type;

    public ulong UnsignedValue => unchecked((ulong)Value);

    public bool IsUnsigned => Type >= IntegerType.UInt64;

    public override ValueKind Kind => ValueKind.Int;

    public static IntValue FromUnsigned(ulong value) => new(unchecked((long)value), IntegerType.UInt64);

    public override bool Equals(Value? other) => other is IntValue i && i.Value == Value && i.Type == Type;

    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The number in decimal.</summary>
    public override string ToString() => IsUnsigned
        ? UnsignedValue.ToString(CultureInfo.InvariantCulture)
        : Value.ToString(CultureInfo.InvariantCulture);
}
