using System.Globalization;
using Weir.Values;

namespace Weir.Cel.Syntax;

/// <summary>What literals mean.</summary>
internal static class LiteralText
{
    /// <summary>The value of a literal; <see langword="null"/> with cel-go's message when there is none.</summary>
    public static Value? Read(Token token, bool isNegative, out string error)
    {
        error = "";
        switch (token.Kind)
        {
            case TokenKind.Int:
                error = "invalid int literal";
                return Whole(token.Text, isNegative);
            case TokenKind.Uint:
                error = "invalid uint literal";
                return Digits(token.Text.AsSpan(0, token.Text.Length - 1)) is { } unsigned ? IntValue.FromUnsigned(unsigned) : null;
            case TokenKind.Double:
                var number = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
                error = "invalid double literal";
                return double.IsInfinity(number) ? null : new FloatValue(isNegative ? -number : number);
            case TokenKind.String:
                return StringText.Read(token.Text, out error) is { } text ? new StringValue(text) : null;
            case TokenKind.Bytes:
                return StringText.ReadBytes(token.Text[1..], out error) is { } bytes ? new CelBytes(bytes) : null;
            case TokenKind.Null:
                return NullValue.Instance;
            default:
                return BoolValue.Of(token.Kind == TokenKind.True);
        }
    }

    private static IntValue? Whole(string text, bool isNegative) => (Digits(text), isNegative) switch
    {
        (null, _) => null,
        ({ } number, true) => number <= (ulong)long.MaxValue + 1 ? new IntValue(unchecked(-(long)number)) : null,
        ({ } number, false) => number <= long.MaxValue ? new IntValue((long)number) : null,
    };

    private static ulong? Digits(ReadOnlySpan<char> text)
    {
        var isHex = text.StartsWith("0x", StringComparison.Ordinal);
        return ulong.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
