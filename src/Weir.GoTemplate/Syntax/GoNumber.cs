using System.Numerics;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>A numeric constant with all the readings that it has.</summary>
internal sealed record GoNumber
{
    public required string Text { get; init; }

    public bool IsInt { get; private init; }

    public bool IsUInt { get; private init; }

    public bool IsFloat { get; private init; }

    public bool IsComplex { get; private init; }

    public long Int64 { get; private init; }

    public ulong UInt64 { get; private init; }

    public double Float64 { get; private init; }

    public Complex Complex128 { get; private init; }

    /// <summary>True when its text makes a float of it where no type is asked for.</summary>
    public bool LooksLikeFloat => !IsHexInt && Text[0] != '\'' && Text.AsSpan().ContainsAny(".eEpP");

    private bool IsHexInt => Text.Length > 2 && Text[0] == '0' && Text[1] is 'x' or 'X' && !Text.AsSpan().ContainsAny("pP");

    /// <summary>Reads a token; answers <see langword="null"/> and the error when it is no number.</summary>
    public static GoNumber? Read(TokenKind kind, string text, out string? error)
    {
        error = null;
        switch (kind)
        {
            case TokenKind.CharConstant:
                return ReadCharacter(text, out error);
            case TokenKind.Complex:
                return ReadComplex(text, out error);
        }

        if (text.EndsWith('i') && GoNumberText.TryParseFloat(text.AsSpan(0, text.Length - 1), out var imaginary))
        {
            return FromComplex(text, new Complex(0, imaginary));
        }

        var isUInt = GoNumberText.TryParseUInt(text, out var unsigned);
        var isInt = GoNumberText.TryParseInt(text, out var signed);
        if (isInt || isUInt)
        {
            return new GoNumber
            {
                Text = text,
                IsInt = isInt,
                Int64 = signed,
                IsUInt = isUInt || signed == 0,
                UInt64 = unsigned,
                IsFloat = true,
                Float64 = isInt ? signed : unsigned,
            };
        }

        if (!GoNumberText.TryParseFloat(text, out var number))
        {
            error = $"illegal number syntax: {GoQuote.Quote(text)}";
            return null;
        }

        if (!text.AsSpan().ContainsAny(".eEpP"))
        {
            error = $"integer overflow: {GoQuote.Quote(text)}";
            return null;
        }

        return FromFloat(new GoNumber { Text = text, IsFloat = true, Float64 = number });
    }

    private static GoNumber FromFloat(GoNumber number)
    {
        var value = number.Float64;
        var fitsInt = value is >= -9223372036854775808.0 and < 9223372036854775808.0 && Math.Floor(value) == value;
        var fitsUInt = value is >= 0 and < 18446744073709551616.0 && Math.Floor(value) == value;
        return number with
        {
            IsInt = fitsInt,
            Int64 = fitsInt ? (long)value : 0,
            IsUInt = fitsUInt,
            UInt64 = fitsUInt ? (ulong)value : 0,
        };
    }

    private static GoNumber FromComplex(string text, Complex value)
    {
        var number = new GoNumber { Text = text, IsComplex = true, Complex128 = value };
        return value.Imaginary == 0 ? FromFloat(number with { IsFloat = true, Float64 = value.Real }) : number;
    }

    private static GoNumber? ReadCharacter(string text, out string? error)
    {
        var value = GoLiteral.Unquote(text, out error);
        if (value is null)
        {
            error = error == GoLiteral.InvalidSyntax && text.Length > 3 && text[1] != '\\'
                ? $"malformed character constant: {text}"
                : error;
            return null;
        }

        System.Text.Rune.DecodeFromUtf16(value, out var rune, out _);
        var code = GoString.IsEscapedByte(value, 0) ? value[0] - 0xDC00 : rune.Value;
        return new GoNumber
        {
            Text = text,
            IsInt = true,
            Int64 = code,
            IsUInt = true,
            UInt64 = (ulong)code,
            IsFloat = true,
            Float64 = code,
        };
    }

    private static GoNumber? ReadComplex(string text, out string? error)
    {
        error = null;
        var sign = text.AsSpan(1).LastIndexOfAny('+', '-') + 1;
        while (sign > 1 && text[sign - 1] is 'e' or 'E' or 'p' or 'P')
        {
            sign = text.AsSpan(1, sign - 1).LastIndexOfAny('+', '-') + 1;
        }

        if (sign > 0
            && GoNumberText.TryParseFloat(text.AsSpan(0, sign), out var real)
            && GoNumberText.TryParseFloat(text.AsSpan(sign, text.Length - sign - 1), out var imaginary))
        {
            return FromComplex(text, new Complex(real, imaginary));
        }

        error = "syntax error scanning complex number";
        return null;
    }
}
