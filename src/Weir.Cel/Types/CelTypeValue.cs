using Weir.Values;

namespace Weir.Cel;

/// <summary>A type as a value: what <c>type(x)</c> answers.</summary>
public sealed class CelTypeValue(string name) : CelValue
{
    public string Name { get; } = name;

    public override CelType Type => CelType.Type;

    public override bool Equals(Value? other) => other is CelTypeValue t && t.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
