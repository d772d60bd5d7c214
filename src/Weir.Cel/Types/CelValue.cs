using Weir.Values;

namespace Weir.Cel;

/// <summary>The base of values that CEL has and JSON has not: bytes, times, durations, types, optionals and library values.</summary>
public abstract class CelValue : OpaqueValue
{
    /// <summary>The type of the value, without what only a check knows.</summary>
    public abstract CelType Type { get; }

    /// <summary>How much there is to walk in the value: one when it is no container.</summary>
    public virtual long Size => 1;

    /// <summary>True when comparing with a value of another type is an error rather than false.</summary>
    public virtual bool ComparesOwnTypeOnly => false;

    public override string GoType => Type.Name;

    public override Value? ToPlain() => null;
}
