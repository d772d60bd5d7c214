using Weir.Values;

namespace Weir.Cel;

/// <summary>A value that may be absent.</summary>
public sealed class CelOptional : CelValue
{
    private static readonly CelType OptionalType = CelType.Opaque("optional_type");

    private CelOptional(Value? value) => Value = value;

    public static CelOptional None { get; } = new(null);

    /// <summary>The value, or <see langword="null"/> when there is none.</summary>
    public Value? Value { get; }

    public override CelType Type => OptionalType;

    public static CelOptional Of(Value value) => new(value);

    public override bool Equals(Value? other) => other is CelOptional o && DeepEquals(o.Value, Value);

    public override int GetHashCode() => Value?.GetHashCode() ?? 0;

    public override Value? ToPlain() => Value;

    public override string ToString() => Value is null ? "optional.none()" : $"optional({Value})";
}
