using Weir.Values;

namespace Weir.Cel;

/// <summary>The failure of an expression, in cel-go's words. It travels as a value, because <c>||</c> and <c>&amp;&amp;</c> may absorb it.</summary>
public sealed class CelError(string message) : CelValue
{
    private static readonly CelType ErrorType = CelType.Opaque("error");

    /// <summary>Arguments that no form of a function takes.</summary>
    public static CelError NoSuchOverload { get; } = new("no such overload");

    public string Message { get; } = message;

    /// <summary>True when nothing may absorb it: a limit was reached.</summary>
    public bool IsFatal { get; init; }

    public override CelType Type => ErrorType;

    public override bool Equals(Value? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Message.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Message;
}
