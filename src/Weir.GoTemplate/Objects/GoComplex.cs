using System.Numerics;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A complex number: what the literal <c>1i</c> is.</summary>
public sealed class GoComplex(Complex value) : GoObject
{
    public Complex Value { get; } = value;

    public override ReflectType Type => ReflectType.Complex128;

    public override Value? ToPlain() => null;

    public override bool Equals(Value? other) => other is GoComplex c && c.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();
}
