using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A plain value of a declared type without methods: <c>type Port int</c>.</summary>
public sealed class GoNamed(ReflectType type, Value underlying) : GoObject
{
    public override ReflectType Type { get; } = type;

    public override Value? Underlying { get; } = underlying;

    public override bool Equals(Value? other) =>
        other is GoNamed named && ReferenceEquals(named.Type, Type) && DeepEquals(Underlying, named.Underlying);

    public override int GetHashCode() => Underlying!.GetHashCode();
}
