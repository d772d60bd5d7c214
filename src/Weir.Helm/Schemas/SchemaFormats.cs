using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Helm;

/// <summary>The keyword <c>format</c>: what is wrong with a text in the words of the schema library. Unknown formats accept all.</summary>
internal static partial class SchemaFormats
{
    /// <summary>Why the text is not of the format; <see langword="null"/> when it is.</summary>
    public static string? Error(string format, string text) => format switch
    {
        "regex" => GoRegex.TryParse(text, out _, out var error) ? null : error,
        "json-pointer" => JsonPointer(text),
        "relative-json-pointer" => RelativeJsonPointer(text),
        "uuid" => Uuid(text),
        "duration" => Duration(text),
        "period" => Period(text),
        "ipv4" => Ipv4(text),
        "ipv6" => Ipv6(text),
        "hostname" => Hostname(text),
        "email" => Email(text),
        "date" => Date(text),
        "time" => Time(text),
        "date-time" => DateTime(text),
        "uri" or "iri" => Address(text) ?? (Scheme().IsMatch(text) ? null : "relative url"),
        "uri-reference" or "iri-reference" => text.Contains('\\', StringComparison.Ordinal) ? "contains \\" : Address(text),
        "uri-template" => Address(text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)) ?? Braces(text),
        "semver" => SemVer().IsMatch(text) ? null : "versionCore must have 3 numbers separated by dot",
        _ => null,
    };

    private static string? JsonPointer(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return text[0] != '/' ? "not starting with /" : BadTilde().IsMatch(text) ? "~ must be followed by 0 or 1" : null;
    }

    private static string? RelativeJsonPointer(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0)
        {
            return "must start with non-negative integer";
        }

        if (digits > 1 && text[0] == '0')
        {
            return "starts with zero";
        }

        return text[digits..] is var rest && rest == "#" ? null : JsonPointer(rest);
    }

    private static string? Uuid(string text)
    {
        ReadOnlySpan<int> lengths = [8, 4, 4, 4, 12];
        var groups = text.Split('-');
        if (groups.Length != lengths.Length)
        {
            return "must have 5 elements";
        }

        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Length != lengths[i])
            {
                return $"element {i + 1} must be {lengths[i]} characters long";
            }

            if (groups[i].FirstOrDefault(c => !char.IsAsciiHexDigit(c)) is var bad and not '\0')
            {
                return $"non-hex character {GoQuote.QuoteRune(bad)}";
            }
        }

        return null;
    }

    private static string? Duration(string text)
    {
        if (!text.StartsWith('P'))
        {
            return "must start with P";
        }

        if (text.Length == 1)
        {
            return "nothing after P";
        }

        return DurationForm().IsMatch(text) ? null : "invalid duration";
    }

    private static string? Period(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return "missing slash";
        }

        var (start, end) = (text[..slash], text[(slash + 1)..]);
        if (start.StartsWith('P'))
        {
            return Explain("invalid start duration: ", Duration(start)) ?? Explain("invalid end date-time: ", DateTime(end));
        }

        return Explain("invalid start date-time: ", DateTime(start))
            ?? (end.StartsWith('P') ? Explain("invalid end duration: ", Duration(end)) : Explain("invalid end date-time: ", DateTime(end)));
    }

    private static string? Ipv4(string text)
    {
        var groups = text.Split('.');
        if (groups.Length != 4)
        {
            return "expected four decimals";
        }

        foreach (var group in groups)
        {
            if (group.Length > 1 && group[0] == '0')
            {
                return "leading zeros";
            }

            if (!int.TryParse(group, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return $"strconv.Atoi: parsing {GoQuote.Quote(group)}: invalid syntax";
            }

            if (number is < 0 or > 255)
            {
                return "decimal must be between 0 and 255";
            }
        }

        return null;
    }

    private static string? Ipv6(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return "missing colon";
        }

        if (text.Contains('%', StringComparison.Ordinal))
        {
            return "zone id is not a part of ipv6 address";
        }

        return !text.Contains('[', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? null
            : $"ParseAddr({GoQuote.Quote(text)}): unable to parse IP";
    }

    private static string? Hostname(string text)
    {
        text = text.EndsWith('.') ? text[..^1] : text;
        if (text.Length > 253)
        {
            return "more than 253 characters long";
        }

        foreach (var label in text.Split('.'))
        {
            if (label.Length is < 1 or > 63)
            {
                return "label must be 1 to 63 characters long";
            }

            if (label[0] == '-')
            {
                return "label starts with hyphen";
            }

            if (label[^1] == '-')
            {
                return "label ends with hyphen";
            }

            if (label.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c != '-') is var bad and not '\0')
            {
                return $"invalid character {GoQuote.QuoteRune(bad)}";
            }
        }

        return null;
    }

    private static string? Email(string text)
    {
        if (text.Length > 254)
        {
            return "more than 255 characters long";
        }

        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            return "missing @";
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        if (LocalPart(local) is { } wrong)
        {
            return wrong;
        }

        if (domain is ['[', .., ']'])
        {
            domain = domain[1..^1];
            return domain.StartsWith("IPv6:", StringComparison.Ordinal)
                ? Explain("invalid ipv6 address: ", Ipv6(domain[5..]))
                : Explain("invalid ipv4 address: ", Ipv4(domain));
        }

        return Explain("invalid domain: ", Hostname(domain));
    }

    private static string? LocalPart(string local)
    {
        if (local.Length > 64)
        {
            return "local part more than 64 characters long";
        }

        if (local.Length > 1 && local[0] == '"')
        {
            return local[1..^1].AsSpan().IndexOfAny('\\', '"') >= 0 ? "backslash and quote are not allowed within quoted local part" : null;
        }

        if (local.StartsWith('.'))
        {
            return "starts with dot";
        }

        if (local.EndsWith('.'))
        {
            return "ends with dot";
        }

        if (local.Contains("..", StringComparison.Ordinal))
        {
            return "consecutive dots";
        }

        return local.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && !".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)) is var bad and not '\0'
            ? $"invalid character {GoQuote.QuoteRune(bad)}"
            : null;
    }

    private static string? Date(string text) =>
        System.DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : $"parsing time {GoQuote.Quote(text)} as \"2006-01-02\": cannot parse {GoQuote.Quote(text)} as \"2006\"";

    private static string? Time(string text)
    {
        if (text.Length < 9)
        {
            return "less than 9 characters long";
        }

        if (text[2] != ':' || text[5] != ':')
        {
            return "missing colon in correct place";
        }

        var match = TimeForm().Match(text);
        if (!match.Success)
        {
            return "invalid hour/min/sec";
        }

        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (hour, minute, second) = (Part("h"), Part("m"), Part("s"));
        if (hour > 23 || minute > 59 || second > 60)
        {
            return "hour/min/sec out of range";
        }

        if (Part("zh") > 23 || Part("zm") > 59)
        {
            return "hour/min in offset out of range";
        }

        var offset = ((Part("zh") * 60) + Part("zm")) * (match.Groups["sign"].Value == "+" ? -1 : 1);
        var utc = ((hour * 60) + minute + offset + (24 * 60)) % (24 * 60);
        return second >= 60 && utc != (23 * 60) + 59 ? "invalid leap second" : null;
    }

    private static string? DateTime(string text)
    {
        if (text.Length < 20)
        {
            return "less than 20 characters long";
        }

        return text[10] is not ('t' or 'T')
            ? "11th character must be t or T"
            : Explain("invalid date element: ", Date(text[..10])) ?? Explain("invalid time element: ", Time(text[11..]));
    }

    /// <summary>What Go's <c>url.Parse</c> refuses.</summary>
    private static string? Address(string text)
    {
        string? wrong = text switch
        {
            _ when text.Any(c => c is < ' ' or '\u007F') => "net/url: invalid control character in URL",
            _ when text.StartsWith(':') => "missing protocol scheme",
            _ when BadEscape().Match(text) is { Success: true } bad => $"invalid URL escape {GoQuote.Quote(bad.Value)}",
            _ when BadHost().IsMatch(text) => "invalid character \" \" in host name",
            _ when BadFirstSegment().IsMatch(text) => "first path segment in URL cannot contain colon",
            _ => null,
        };
        return wrong is null ? null : $"parse {GoQuote.Quote(text)}: {wrong}";
    }

    private static string? Braces(string text)
    {
        var isOpen = false;
        foreach (var c in text.Where(c => c is '{' or '}'))
        {
            if (isOpen == (c == '{'))
            {
                return "nested curly braces";
            }

            isOpen = !isOpen;
        }

        return isOpen ? "no matching closing brace" : null;
    }

    private static string? Explain(string prefix, string? error) => error is null ? null : prefix + error;

    [GeneratedRegex("~(?![01])")]
    private static partial Regex BadTilde();

    [GeneratedRegex(@"^P(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)\z")]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"^(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)(?:\.\d+)?(?:[zZ]|(?<sign>[+-])(?<zh>\d\d):(?<zm>\d\d))\z")]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9+.\-]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex("%(?![0-9a-fA-F]{2}).{0,2}")]
    private static partial Regex BadEscape();

    [GeneratedRegex(@"^(?:[a-zA-Z][a-zA-Z0-9+.\-]*:)?//[^/?#]*[ <>""]")]
    private static partial Regex BadHost();

    [GeneratedRegex(@"^[^a-zA-Z/?#][^/?#]*:|^[a-zA-Z][a-zA-Z0-9+.\-]*[^a-zA-Z0-9+.\-:/?#][^/?#]*:")]
    private static partial Regex BadFirstSegment();

    [GeneratedRegex(@"^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z")]
    private static partial Regex SemVer();
}
