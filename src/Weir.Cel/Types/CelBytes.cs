using Weir.Values;

namespace Weir.Cel;

/// <summary>A sequence of bytes.</summary>
public sealed class CelBytes(byte[] value) : CelValue
{
    public ReadOnlyMemory<byte> Value { get; } = value;

    public override CelType Type => CelType.Bytes;

    public override long Size => Value.Length;

    public override bool Equals(Value? other) => other is CelBytes b && b.Value.Span.SequenceEqual(Value.Span);

    public override int GetHashCode() => Value.Length;

    public override Value ToPlain() => Convert.ToBase64String(Value.Span);
}
