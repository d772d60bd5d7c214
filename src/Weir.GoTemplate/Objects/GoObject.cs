using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// A Go value that is no plain value: a struct with fields and methods, a named number, a typed nil, a function.
/// A template reaches methods first, then fields, as Go does. What is not overridden is not there.
/// </summary>
public abstract class GoObject : OpaqueValue
{
    /// <summary>Go's type of this value.</summary>
    public abstract ReflectType Type { get; }

    public sealed override string GoType => Type.Name;

    /// <summary>
    /// The plain value underneath a named basic, list or map type (<c>time.Duration</c> holds an int64), or
    /// <see langword="null"/>. Comparison, <c>len</c>, <c>index</c>, <c>range</c>, truth and the verbs of <c>printf</c> look at it.
    /// </summary>
    public virtual Value? Underlying => null;

    /// <summary>The content of a slice of bytes that keeps it packed: printing it needs no list of numbers.</summary>
    public virtual ReadOnlyMemory<byte>? Bytes => null;

    /// <summary>What a pointer or interface points to; <see langword="null"/> for others and for nil ones.</summary>
    public virtual Value? Target => null;

    /// <summary>True for a nil pointer, map, slice, function or interface that has a type.</summary>
    public virtual bool IsNil => false;

    /// <summary>The exported fields in order of declaration, as <c>%v</c> prints them and <c>range</c> never sees them.</summary>
    public virtual IEnumerable<KeyValuePair<string, Value>> Fields => [];

    /// <summary>The field of this name, or <see langword="null"/> when the type has none.</summary>
    public virtual Value? GetField(string name)
    {
        foreach (var (field, value) in Fields)
        {
            if (string.Equals(field, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>True for a field that Go code can see and templates may not.</summary>
    public virtual bool HasHiddenField(string name) => false;

    /// <summary>True for a nil pointer to a struct that has no field of this name: then the field is at fault, not the nil.</summary>
    public virtual bool LacksField(string name) => false;

    /// <summary>The method of this name bound to this value, or <see langword="null"/> when the type has none.</summary>
    public virtual TemplateFunction? GetMethod(string name) => null;

    /// <summary>What its <c>Error</c> or <c>String</c> method answers, which all printing uses; <see langword="null"/> when it has neither.</summary>
    public virtual string? ToText() => null;

    /// <summary>Whether and how <c>range</c> walks it by <see cref="Iterate"/>.</summary>
    public virtual Iteration Iteration => Iteration.None;

    /// <summary>What <c>range</c> sees when <see cref="Iteration"/> allows it.</summary>
    public virtual IEnumerable<KeyValuePair<Value, Value>> Iterate() => [];

    /// <summary>For a slice with capacity beyond its length: all that lies there, which <c>slice</c> can reach.</summary>
    public virtual ListValue? Backing => null;

    /// <summary>A pointer to this value when Go could take its address, or <see langword="null"/>.</summary>
    public virtual GoObject? Address => null;

    /// <summary>True when it has the methods of an interface type.</summary>
    public virtual bool Implements(ReflectType type) =>
        (ReferenceEquals(type, ReflectType.Stringer) || ReferenceEquals(type, ReflectType.Error)) && ToText() is not null;

    /// <summary>True when Go's <c>==</c> may be used on the type: not for functions, maps, slices and what holds them.</summary>
    public virtual bool IsComparable => Type.Kind is not (ReflectKind.Func or ReflectKind.Map or ReflectKind.Slice);

    public override Value? ToPlain() => Underlying ?? (Target is OpaqueValue o ? o.ToPlain() : Target);

    public override bool Equals(Value? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => ToText() ?? Type.Name;
}
