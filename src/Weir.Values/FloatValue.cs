namespace Weir.Values;

/// <summary>A 64-bit float: what Helm makes of every number in a values file.</summary>
public sealed class FloatValue(double value) : Value
{
    public double Value { get; } = value;

    public override ValueKind Kind => ValueKind.Float;

    public override bool Equals(Value? other) => other is FloatValue f && f.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The shortest text that reads back to the same number, as Go's <c>%v</c>.</summary>
    public override string ToString() => GoFloat.Format(Value, 'g', -1);
}
