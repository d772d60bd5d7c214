using System.Globalization;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>
/// Scalars as kyaml sees them: a text with a tag. Values whose text is the usual one for their type stand as they are;
/// all others are a <see cref="WrittenScalar"/>.
/// </summary>
internal static class Scalar
{
    /// <summary>A null that was written as nothing at all.</summary>
    public static Value EmptyNull() => new WrittenScalar("", ScalarTag.Null);

    /// <summary>A string, without looking at it.</summary>
    public static StringValue String(string text) => new(text);

    /// <summary>The simplest value with this text and tag.</summary>
    public static Value Of(string text, ScalarTag tag, bool quoted = false)
    {
        switch (tag)
        {
            case ScalarTag.Undecided or ScalarTag.String when quoted || ScalarText.Resolve(text) == ScalarTag.String:
                return new StringValue(text) { IsQuoted = quoted };
            case ScalarTag.Int when !quoted && IsCanonicalInteger(text, out var number):
                return new IntValue(number);
            case ScalarTag.Bool when !quoted && text is "true" or "false":
                return BoolValue.Of(text == "true");
            case ScalarTag.Null when !quoted && text == "null":
                return NullValue.Instance;
            default:
                return new WrittenScalar(text, tag, quoted);
        }
    }

    /// <summary>The text of a scalar; empty for lists, maps and absent values.</summary>
    public static string Text(Value? value) => value switch
    {
        StringValue s => s.Value,
        WrittenScalar w => w.Text,
        IntValue or BoolValue or FloatValue => value.ToString() ?? "",
        NullValue => "null",
        _ => "",
    };

    public static ScalarTag Tag(Value value) => value switch
    {
        StringValue => ScalarTag.String,
        WrittenScalar w => w.Tag,
        IntValue => ScalarTag.Int,
        FloatValue => ScalarTag.Float,
        BoolValue => ScalarTag.Bool,
        NullValue => ScalarTag.Null,
        _ => ScalarTag.Undecided,
    };

    /// <summary>True when absent or tagged null.</summary>
    public static bool IsMissingOrNull(Value? value) =>
        value is null or NullValue or WrittenScalar { Tag: ScalarTag.Null };

    /// <summary>True for a null that stands there.</summary>
    public static bool IsNull(Value? value) => value is NullValue or WrittenScalar { Tag: ScalarTag.Null };

    public static bool IsScalar(Value? value) => value is not (null or MapValue or ListValue);

    /// <summary>A string to kyaml: tagged so, or not tagged at all.</summary>
    public static bool IsString(Value? value) =>
        value is StringValue or WrittenScalar { Tag: ScalarTag.String or ScalarTag.Undecided };

    /// <summary>Whether the scalar stands in quotes. A string that would read as something else must.</summary>
    public static bool IsQuoted(Value value) => value switch
    {
        StringValue s => s.IsQuoted || ScalarText.Resolve(s.Value) != ScalarTag.String,
        WrittenScalar w => w.Quoted,
        _ => false,
    };

    /// <summary>
    /// What stands in a field after a new text and tag were written over it. The style of the old scalar stays, so
    /// that an undecided text is a string where quotes stood. A <see cref="WrittenScalar"/> is changed in place.
    /// </summary>
    public static Value Overwrite(Value? existing, string text, ScalarTag tag)
    {
        if (existing is WrittenScalar written)
        {
            written.Text = text;
            written.Tag = tag;
            return written;
        }

        var quoted = existing is not null && IsQuoted(existing);
        return tag == ScalarTag.String && !quoted ? OfPlainString(text) : Of(text, tag, quoted);
    }

    /// <summary>Writes a new text and keeps the tag of what stood there.</summary>
    public static Value OverwriteText(Value existing, string text) =>
        existing is StringValue old ? new StringValue(text) { IsQuoted = old.IsQuoted } : Overwrite(existing, text, Tag(existing));

    /// <summary>The scalar with its text replaced: how YAML would print it, quotes included.</summary>
    public static string Display(Value value) => value is StringValue s && IsQuoted(s) ? $"\"{s.Value}\"" : Text(value);

    private static Value OfPlainString(string text) =>
        ScalarText.Resolve(text) == ScalarTag.String ? new StringValue(text) : new WrittenScalar(text, ScalarTag.String);

    private static bool IsCanonicalInteger(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && text.Length < 20
        && (text.Length == 1 || (text[0] != '0' && text[0] != '+' && !text.StartsWith("-0", StringComparison.Ordinal)));
}
