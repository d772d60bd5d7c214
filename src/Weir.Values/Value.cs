namespace Weir.Values;

/// <summary>
/// A plain value: the one model that YAML, JSON, templates, Kustomize and Kubernetes objects share.
/// Scalars are immutable; <see cref="ListValue"/> and <see cref="MapValue"/> are mutable and have reference semantics,
/// because Go templates alias and change maps. C# <see langword="null"/> means absent; <see cref="NullValue"/> is a written null.
/// Equality is by content and type-exact as Go's <c>reflect.DeepEqual</c>: integer 1 differs from float 1.
/// </summary>
public abstract class Value : IEquatable<Value>
{
    /// <summary>Where the text that made this value stands; unknown for computed values.</summary>
    public SourceSpan Span { get; init; }

    public abstract ValueKind Kind { get; }

    public bool IsNull => Kind == ValueKind.Null;

    public bool IsScalar => Kind is not (ValueKind.List or ValueKind.Map or ValueKind.Opaque);

    /// <summary>A copy that shares no list or map with this value. Scalars answer themselves.</summary>
    public virtual Value DeepClone() => this;

    public abstract bool Equals(Value? other);

    public sealed override bool Equals(object? obj) => Equals(obj as Value);

    public abstract override int GetHashCode();

    /// <summary>True when both are absent, or both are present and equal by content.</summary>
    public static bool DeepEquals(Value? left, Value? right) =>
        ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    /// <summary>
    /// The value under a path of map keys, or <see langword="null"/> when a step is absent or not a map.
    /// </summary>
    public Value? At(params ReadOnlySpan<string> path)
    {
        Value? current = this;
        foreach (var key in path)
        {
            if (current is not MapValue map || !map.TryGetValue(key, out current))
            {
                return null;
            }
        }

        return current;
    }

    public static implicit operator Value(string text) => new StringValue(text);

    public static implicit operator Value(bool value) => BoolValue.Of(value);

    public static implicit operator Value(long number) => new IntValue(number);

    public static implicit operator Value(int number) => new IntValue(number);

    public static implicit operator Value(double number) => new FloatValue(number);
}
