using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// The arguments of one call, already checked against the signature: the accessor that fits the parameter's type
/// never fails. A nil is <see cref="NullValue"/>, never C# <see langword="null"/>. Valid only during the call.
/// </summary>
public readonly ref struct Arguments(ReadOnlySpan<Value> values)
{
    private readonly ReadOnlySpan<Value> _values = values;

    public int Count => _values.Length;

    public Value this[int index] => _values[index];

    /// <summary>The value of a parameter of type <c>string</c>.</summary>
    public string String(int index) => _values[index] switch
    {
        StringValue s => s.Value,
        GoObject { Underlying: StringValue s } => s.Value,
        var other => throw Mismatch(index, other),
    };

    /// <summary>The value of a parameter of an integer type.</summary>
    public long Int(int index) => _values[index] switch
    {
        IntValue i => i.Value,
        GoObject { Underlying: IntValue i } => i.Value,
        var other => throw Mismatch(index, other),
    };

    /// <summary>The value of a parameter of type <c>float64</c>.</summary>
    public double Float(int index) => _values[index] switch
    {
        FloatValue f => f.Value,
        GoObject { Underlying: FloatValue f } => f.Value,
        var other => throw Mismatch(index, other),
    };

    /// <summary>The value of a parameter of type <c>bool</c>.</summary>
    public bool Bool(int index) => _values[index] switch
    {
        BoolValue b => b.Value,
        GoObject { Underlying: BoolValue b } => b.Value,
        var other => throw Mismatch(index, other),
    };

    /// <summary>The value of a map parameter; <see langword="null"/> for a nil map.</summary>
    public MapValue? Map(int index) => _values[index] switch
    {
        MapValue m => m,
        GoObject { Underlying: MapValue m } => m,
        NullValue or GoNil => null,
        var other => throw Mismatch(index, other),
    };

    /// <summary>The value of a slice parameter; <see langword="null"/> for a nil slice.</summary>
    public ListValue? List(int index) => _values[index] switch
    {
        ListValue l => l,
        GoObject { Underlying: ListValue l } => l,
        NullValue or GoNil => null,
        var other => throw Mismatch(index, other),
    };

    /// <summary>The arguments from a place on: what a variadic parameter holds.</summary>
    public ReadOnlySpan<Value> From(int index) => _values[Math.Min(index, _values.Length)..];

    private static InvalidCastException Mismatch(int index, Value value) =>
        new($"Argument {index} is a {value.Kind}: the function's signature and its body differ.");
}
