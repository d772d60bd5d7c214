namespace Weir.Values;

/// <summary>A boolean.</summary>
public sealed class BoolValue(bool value) : Value
{
    public static BoolValue True { get; } = new(true);

    public static BoolValue False { get; } = new(false);

    public bool Value { get; } = value;

    public override ValueKind Kind => ValueKind.Bool;

    /// <summary>The shared instance without a source span.</summary>
    public static BoolValue Of(bool value) => value ? True : False;

    public override bool Equals(Value? other) => other is BoolValue b && b.Value == Value;

    public override int GetHashCode() => Value ? 1 : 2;

    public override string ToString() => Value ? "true" : "false";
}
