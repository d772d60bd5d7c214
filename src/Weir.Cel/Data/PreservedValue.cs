using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>A value that the API server keeps without knowing it; it can only be compared.</summary>
internal sealed class PreservedValue(Value value) : CelValue
{
    private static readonly CelType UnknownType = CelType.Opaque("unknown");

    public Value Value { get; } = value;

    public override CelType Type => UnknownType;

    public override bool Equals(Value? other) => DeepEquals(Value, other is PreservedValue preserved ? preserved.Value : other);

    public override int GetHashCode() => Value.GetHashCode();

    public override Value ToPlain() => Value;
}
