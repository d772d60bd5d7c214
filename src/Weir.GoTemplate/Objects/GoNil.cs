using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A nil that has a type: a nil pointer, map, slice, function, or interface with methods.</summary>
public sealed class GoNil(ReflectType type) : GoObject
{
    public override ReflectType Type { get; } = type.CanBeNil
        ? type
        : throw new ArgumentException($"Go has no nil of type {type.Name}.", nameof(type));

    public override bool IsNil => true;

    public override Value? ToPlain() => NullValue.Instance;

    public override bool Equals(Value? other) => other is GoNil nil && ReferenceEquals(nil.Type, Type);

    public override int GetHashCode() => Type.Name.GetHashCode(StringComparison.Ordinal);
}
