namespace Weir.Values;

/// <summary>A written null. Absence is C# <see langword="null"/>.</summary>
public sealed class NullValue : Value
{
    public static NullValue Instance { get; } = new();

    public override ValueKind Kind => ValueKind.Null;

    public override bool Equals(Value? other) => other is NullValue;

    public override int GetHashCode() => 0;

    public override string ToString() => "null";
}
