namespace Weir.Values;

/// <summary>
/// A string. Go strings are bytes: bytes that are no UTF-8 are kept as lone surrogates U+DC80..U+DCFF
/// (see <see cref="GoString"/>), so that nothing is lost on the way through.
/// </summary>
public sealed class StringValue(string value) : Value
{
    public static StringValue Empty { get; } = new("");

    public string Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Written in quotes or as a block in the YAML that it was read from; of no account for what the value is.</summary>
    public bool IsQuoted { get; init; }

    public override ValueKind Kind => ValueKind.String;

    public override bool Equals(Value? other) => other is StringValue s && string.Equals(s.Value, Value, StringComparison.Ordinal);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;
}
