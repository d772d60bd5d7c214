using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>What a scalar's text means to go-yaml v3, and what is left of it after the way through JSON.</summary>
internal static partial class ScalarText
{
    /// <summary>The type that an unquoted text has.</summary>
    public static ScalarTag Resolve(string text) => Resolve(text, out _);

    /// <summary>
    /// The plain value of a written scalar, or <see langword="null"/> with the message of go-yaml when text and tag disagree
    /// or JSON has no such value.
    /// </summary>
    public static Value? ToPlain(string text, ScalarTag tag, bool quoted, out string? error)
    {
        error = null;
        if (tag == ScalarTag.String || (quoted && tag == ScalarTag.Undecided))
        {
            return new StringValue(text);
        }

        // Quotes go with the tag that is written in front of them, and a tag that the text has anyway is not.
        if (quoted && tag == Resolve(text))
        {
            return new StringValue(text);
        }

        if (tag == ScalarTag.Binary)
        {
            return FromBase64(text, out error);
        }

        var resolved = Resolve(text, out var value);
        if (tag == ScalarTag.Float && resolved == ScalarTag.Int)
        {
            resolved = ScalarTag.Float;
        }

        if (tag != ScalarTag.Undecided && tag != resolved)
        {
            error = $"yaml: cannot decode {Name(resolved)} `{text}` as a {Name(tag)}";
            return null;
        }

        return resolved switch
        {
            ScalarTag.Int or ScalarTag.Float => NumberFromJson(value!, out error),
            ScalarTag.Bool => value,
            ScalarTag.Null => NullValue.Instance,
            ScalarTag.Timestamp => new StringValue(Rfc3339(text)),
            _ => new StringValue(text),
        };
    }

    /// <summary>The short tag as YAML writes it.</summary>
    public static string Name(ScalarTag tag) => tag switch
    {
        ScalarTag.Int => "!!int",
        ScalarTag.Float => "!!float",
        ScalarTag.Bool => "!!bool",
        ScalarTag.Null => "!!null",
        ScalarTag.Timestamp => "!!timestamp",
        ScalarTag.Binary => "!!binary",
        _ => "!!str",
    };

    /// <summary>A number as it comes back from JSON: a whole float is an integer again.</summary>
    public static Value? NumberFromJson(Value number, out string? error)
    {
        error = null;
        if (number is not FloatValue { Value: var f })
        {
            return number;
        }

        if (double.IsNaN(f) || double.IsInfinity(f))
        {
            error = $"json: unsupported value: {(double.IsNaN(f) ? "NaN" : f > 0 ? "+Inf" : "-Inf")}";
            return null;
        }

        if (f == Math.Floor(f) && Math.Abs(f) < 1e21)
        {
            // JSON writes the shortest digits, so that large numbers end in zeros.
            var digits = GoFloat.Format(f, 'f', -1);
            if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            {
                return new IntValue(whole);
            }

            if (ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned))
            {
                return IntValue.FromUnsigned(unsigned);
            }
        }

        return number;
    }

    private static ScalarTag Resolve(string text, out Value? value)
    {
        value = null;
        if (text.Length == 0)
        {
            value = NullValue.Instance;
            return ScalarTag.Null;
        }

        switch (text[0])
        {
            case 't' or 'T' when text is "true" or "True" or "TRUE":
                value = BoolValue.True;
                return ScalarTag.Bool;
            case 'f' or 'F' when text is "false" or "False" or "FALSE":
                value = BoolValue.False;
                return ScalarTag.Bool;
            case '~' when text.Length == 1:
            case 'n' or 'N' when text is "null" or "Null" or "NULL":
                value = NullValue.Instance;
                return ScalarTag.Null;
            case '.':
                return ResolveDot(text, out value);
            case '+' or '-' or (>= '0' and <= '9'):
                return ResolveNumber(text, out value);
            default:
                return ScalarTag.String;
        }
    }

    private static ScalarTag ResolveDot(string text, out Value? value)
    {
        value = text switch
        {
            ".nan" or ".NaN" or ".NAN" => new FloatValue(double.NaN),
            ".inf" or ".Inf" or ".INF" => new FloatValue(double.PositiveInfinity),
            _ => null,
        };
        if (value is null && PlainFloat().IsMatch(text) && TryFloat(text, out var number))
        {
            value = new FloatValue(number);
        }

        return value is null ? ScalarTag.String : ScalarTag.Float;
    }

    private static ScalarTag ResolveNumber(string text, out Value? value)
    {
        value = text switch
        {
            "+.inf" or "+.Inf" or "+.INF" => new FloatValue(double.PositiveInfinity),
            "-.inf" or "-.Inf" or "-.INF" => new FloatValue(double.NegativeInfinity),
            _ => null,
        };
        if (value is not null)
        {
            return ScalarTag.Float;
        }

        if (IsTimestamp(text))
        {
            return ScalarTag.Timestamp;
        }

        var plain = text.Contains('_', StringComparison.Ordinal) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        value = ParseInteger(plain);
        if (value is not null)
        {
            return ScalarTag.Int;
        }

        if (PlainFloat().IsMatch(plain) && TryFloat(plain, out var number))
        {
            value = new FloatValue(number);
            return ScalarTag.Float;
        }

        return ScalarTag.String;
    }

    /// <summary>As Go's <c>strconv.ParseInt(text, 0, 64)</c> and <c>ParseUint</c>: the prefix gives the base.</summary>
    private static IntValue? ParseInteger(string text)
    {
        var start = text[0] is '+' or '-' ? 1 : 0;
        var negative = text[0] == '-';
        var radix = 10;
        if (text.Length > start + 1 && text[start] == '0')
        {
            (radix, start) = text[start + 1] switch
            {
                'x' or 'X' => (16, start + 2),
                'b' or 'B' => (2, start + 2),
                'o' or 'O' => (8, start + 2),
                _ => (8, start + 1),
            };
        }

        if (start >= text.Length)
        {
            return null;
        }

        UInt128 sum = 0;
        for (var i = start; i < text.Length; i++)
        {
            var digit = text[i] switch
            {
                >= '0' and <= '9' => text[i] - '0',
                >= 'a' and <= 'f' => text[i] - 'a' + 10,
                >= 'A' and <= 'F' => text[i] - 'A' + 10,
                _ => 99,
            };
            if (digit >= radix)
            {
                return null;
            }

            sum = (sum * (UInt128)radix) + (UInt128)digit;
            if (sum > ulong.MaxValue)
            {
                return null;
            }
        }

        if (negative)
        {
            return sum <= (UInt128)long.MaxValue + 1 ? new IntValue(unchecked((long)(ulong)(0 - sum))) : null;
        }

        if (sum <= long.MaxValue)
        {
            return new IntValue((long)sum);
        }

        return text[0] == '+' ? null : IntValue.FromUnsigned((ulong)sum);
    }

    private static bool TryFloat(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsInfinity(number);

    private static bool IsTimestamp(string text) =>
        text.Length >= 8 && text[4] == '-' && Timestamp().Match(text) is { Success: true } match && ToDate(match) is not null;

    private static DateTime? ToDate(Match match)
    {
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (year, month, day) = (Part("y"), Part("m"), Part("d"));
        var (hour, minute, second) = (Part("h"), Part("i"), Part("s"));
        if (month is < 1 or > 12 || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
    }

    private static string Rfc3339(string text)
    {
        var match = Timestamp().Match(text);
        var date = ToDate(match);
        if (date is null)
        {
            return text;
        }

        var fraction = match.Groups["f"].Value.TrimEnd('0');
        var zone = match.Groups["z"].Value;
        return date.Value.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            + (fraction.Length > 0 ? "." + (fraction.Length > 9 ? fraction[..9] : fraction) : "")
            + (zone.Length == 0 || zone is "+00:00" or "-00:00" ? "Z" : zone);
    }

    private static StringValue? FromBase64(string text, out string? error)
    {
        error = null;
        var clean = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var buffer = new byte[clean.Length];
        if (!Convert.TryFromBase64String(clean, buffer, out var length))
        {
            error = "yaml: !!binary value contains invalid base64 data";
            return null;
        }

        return new StringValue(Encoding.UTF8.GetString(buffer, 0, length));
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainFloat();

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})(?:(?:[Tt](?<h>[0-9]{1,2}):(?<i>[0-9]{1,2}):(?<s>[0-9]{1,2})(?:\.(?<f>[0-9]+))?(?<z>Z|[-+][0-9]{2}:[0-9]{2}))|(?: (?<h>[0-9]{1,2}):(?<i>[0-9]{1,2}):(?<s>[0-9]{1,2})(?:\.(?<f>[0-9]+))?))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();
}
