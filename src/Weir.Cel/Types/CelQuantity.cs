using Weir.Values;

namespace Weir.Cel;

/// <summary>A resource quantity.</summary>
public sealed class CelQuantity(Quantity quantity) : CelValue
{
    internal static CelType QuantityType { get; } = CelType.Object("kubernetes.Quantity");

    public Quantity Quantity { get; } = quantity;

    public override CelType Type => QuantityType;

    public override bool ComparesOwnTypeOnly => true;

    public override bool Equals(Value? other) => other is CelQuantity q && q.Quantity == Quantity;

    public override int GetHashCode() => Quantity.GetHashCode();

    public override Value ToPlain() => Quantity.ToString();

    public override string ToString() => Quantity.ToString();
}
