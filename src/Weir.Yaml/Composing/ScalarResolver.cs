using System.Globalization;
using Weir.Values;

namespace Weir.Yaml.Composing;

/// <summary>
/// go-yaml's <c>resolve</c>: what a plain scalar means. v2 knows the booleans of YAML 1.1 (<c>yes</c>, <c>on</c>),
/// v3 only <c>true</c> and <c>false</c>; both read octals with a leading zero and neither reads base 60.
/// </summary>
internal static class ScalarResolver
{
    public static ScalarResolution Resolve(ReadOnlySpan<char> text, bool goYamlV3, bool allowsTimestamp = true)
    {
        if (text.IsEmpty)
        {
            return ScalarResolution.Null;
        }

        switch (text[0])
        {
            case '+' or '-' or (>= '0' and <= '9'):
                return ResolveNumber(text, goYamlV3, allowsTimestamp);
            case '.':
                return ResolvePoint(text);
            case 'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' or '~':
                return ResolveWord(text, goYamlV3);
            default:
                return ScalarResolution.String;
        }
    }

    private static ScalarResolution ResolveWord(ReadOnlySpan<char> text, bool goYamlV3)
    {
        switch (text)
        {
            case "true" or "True" or "TRUE":
                return ScalarResolution.FromBool(true);
            case "false" or "False" or "FALSE":
                return ScalarResolution.FromBool(false);
            case "~" or "null" or "Null" or "NULL":
                return ScalarResolution.Null;
        }

        return goYamlV3 ? ScalarResolution.String : OldBoolean(text);
    }

    /// <summary>The booleans that YAML 1.1 had beside true and false; a string when it is none.</summary>
    public static ScalarResolution OldBoolean(ReadOnlySpan<char> text) => text switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => ScalarResolution.FromBool(true),
        "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => ScalarResolution.FromBool(false),
        _ => ScalarResolution.String,
    };

    private static ScalarResolution ResolvePoint(ReadOnlySpan<char> text)
    {
        switch (text)
        {
            case ".nan" or ".NaN" or ".NAN":
                return ScalarResolution.FromFloat(double.NaN);
            case ".inf" or ".Inf" or ".INF":
                return ScalarResolution.FromFloat(double.PositiveInfinity);
        }

        return GoFloat.Parse(text, out var value) == NumberParse.Ok
            ? ScalarResolution.FromFloat(value)
            : ScalarResolution.String;
    }

    private static ScalarResolution ResolveNumber(ReadOnlySpan<char> text, bool goYamlV3, bool allowsTimestamp)
    {
        if (TryParseShort(text, out var quick))
        {
            return ScalarResolution.FromInt(quick);
        }

        switch (text)
        {
            case "+.inf" or "+.Inf" or "+.INF":
                return ScalarResolution.FromFloat(double.PositiveInfinity);
            case "-.inf" or "-.Inf" or "-.INF":
                return ScalarResolution.FromFloat(double.NegativeInfinity);
        }

        if (allowsTimestamp && Timestamp.IsTimestamp(text))
        {
            return ScalarResolution.Timestamp;
        }

        if (!text.Contains('_'))
        {
            return ResolveDigits(text, goYamlV3);
        }

        var plain = new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (c != '_')
            {
                plain[length++] = c;
            }
        }

        return ResolveDigits(plain.AsSpan(0, length), goYamlV3);
    }

    private static ScalarResolution ResolveDigits(ReadOnlySpan<char> text, bool goYamlV3)
    {
        if (GoInteger.Parse(text, 0, out var signed) == NumberParse.Ok)
        {
            return ScalarResolution.FromInt(signed);
        }

        if (GoInteger.ParseUnsigned(text, 0, out var unsigned) == NumberParse.Ok)
        {
            return ScalarResolution.FromUnsigned(unsigned);
        }

        if (IsFloat(text) && TryParseFloat(text, out var value))
        {
            return ScalarResolution.FromFloat(value);
        }

        // A sign after the prefix, which ParseInt with base 0 refuses: 0b-1.
        return ResolvePrefixed(text, "0b", 2)
            ?? (goYamlV3 ? ResolvePrefixed(text, "0o", 8) : null)
            ?? ScalarResolution.String;
    }

    private static ScalarResolution? ResolvePrefixed(ReadOnlySpan<char> text, string prefix, int radix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && GoInteger.Parse(text[prefix.Length..], radix, out var value) == NumberParse.Ok
            ? ScalarResolution.FromInt(value)
            : null;

    /// <summary>Up to 18 decimal digits that do not begin with zero: nearly every number there is.</summary>
    private static bool TryParseShort(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length > 18 || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    /// <summary><c>[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?</c></summary>
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var i = text[0] is '+' or '-' ? 1 : 0;
        var whole = SkipDigits(text, ref i);
        if (i < text.Length && text[i] == '.')
        {
            i++;
            if (SkipDigits(text, ref i) == 0 && whole == 0)
            {
                return false;
            }
        }
        else if (whole == 0)
        {
            return false;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-')
            {
                i++;
            }

            if (SkipDigits(text, ref i) == 0)
            {
                return false;
            }
        }

        return i == text.Length;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, ref int i)
    {
        var from = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        return i - from;
    }

    private static bool TryParseFloat(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
