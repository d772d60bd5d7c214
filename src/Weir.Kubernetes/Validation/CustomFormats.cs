using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The formats that schemas of custom resources may ask of text. Unknown ones ask nothing.</summary>
internal static partial class CustomFormats
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "bsonobjectid", "uri", "email", "hostname", "ipv4", "ipv6", "cidr", "mac", "uuid", "uuid3", "uuid4", "uuid5", "isbn", "isbn10", "isbn13",
        "creditcard", "ssn", "hexcolor", "rgbcolor", "byte", "password", "date", "duration", "datetime", "k8sshortname", "k8slongname",
    };

    private static readonly string[] DurationUnits = ["ns", "nano", "us", "µs", "micro", "ms", "milli", "s", "sec", "m", "min", "h", "hr", "hour", "d", "day", "w", "wk", "week"];

    // Units that may be written longer: "days", "seconds".
    private static readonly string[] DurationPrefixes = ["nano", "micro", "milli", "sec", "min", "hour", "day", "week"];

    public static bool IsKnown(string format) => format.Length > 0 && Known.Contains(Normalize(format));

    public static bool Matches(string format, string text) => format.Length == 0 || Normalize(format) switch
    {
        "uri" => IsUri(text),
        "email" => IsEmail(text),
        "hostname" => text.Length <= 255 && Hostname().IsMatch(text) && text.Split('.').All(l => l.Length <= 63),
        "ipv4" => text.Contains('.', StringComparison.Ordinal) && IsAddress(text),
        "ipv6" => text.Contains(':', StringComparison.Ordinal) && IsAddress(text),
        "cidr" => IsCidr(text),
        "mac" => Mac().IsMatch(text),
        "uuid" => Uuid("[0-9a-f]", "[0-9a-f]", text),
        "uuid3" => Uuid("3", "[0-9a-f]", text),
        "uuid4" => Uuid("4", "[89ab]", text),
        "uuid5" => Uuid("5", "[89ab]", text),
        "bsonobjectid" => ObjectId().IsMatch(text),
        "ssn" => SocialSecurity().IsMatch(text),
        "hexcolor" => HexColor().IsMatch(text),
        "rgbcolor" => RgbColor().IsMatch(text),
        "byte" => text.Length % 4 == 0 && Base64.IsValid(text),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => IsDuration(text),
        "datetime" => IsDateTime(text),
        "k8sshortname" => KubernetesNames.CheckLabelName(text).Count == 0,
        "k8slongname" => KubernetesNames.CheckSubdomain(text).Count == 0,
        "isbn" => Isbn10().IsMatch(text) || Isbn13().IsMatch(text),
        "isbn10" => Isbn10().IsMatch(text),
        "isbn13" => Isbn13().IsMatch(text),
        "creditcard" => CreditCard().IsMatch(NoDigit().Replace(text, "")),
        _ => true,
    };

    private static string Normalize(string format) => format.Replace("-", "", StringComparison.Ordinal);

    private static bool IsUri(string text) =>
        text.StartsWith('/') ? !text.Contains(' ', StringComparison.Ordinal) : Uri.TryCreate(text, UriKind.Absolute, out _) && !text.Contains(' ', StringComparison.Ordinal);

    private static bool IsEmail(string text)
    {
        var open = text.LastIndexOf('<');
        var address = open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1] : text;
        return Email().IsMatch(address.Trim());
    }

    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address)
        && (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || text.Split('.').Length == 4)
        && !text.Contains('%', StringComparison.Ordinal);

    private static bool IsCidr(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsAddress(text[..slash]) && byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= (text.Contains(':', StringComparison.Ordinal) ? 128 : 32);
    }

    private static bool IsDateTime(string text)
    {
        var parts = text.ToLowerInvariant().Split('t');
        if (parts.Length < 2 || !Matches("date", parts[0]))
        {
            return false;
        }

        var time = Time().Match(parts[1]);
        return time.Success && string.CompareOrdinal(time.Groups[1].Value, "23") <= 0
            && string.CompareOrdinal(time.Groups[2].Value, "59") <= 0 && string.CompareOrdinal(time.Groups[3].Value, "59") <= 0;
    }

    private static bool IsDuration(string text)
    {
        if (text == "0" || GoDuration().IsMatch(text))
        {
            return true;
        }

        foreach (Match match in ScalaDuration().Matches(text))
        {
            var unit = match.Groups[1].Value.ToLowerInvariant();
            if (DurationUnits.Contains(unit) || DurationPrefixes.Any(p => unit.StartsWith(p, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Uuid(string version, string variant, string text) =>
        GoRegex.TryParse($"(?i)^[0-9a-f]{{8}}-?[0-9a-f]{{4}}-?{version}[0-9a-f]{{3}}-?{variant}[0-9a-f]{{3}}-?[0-9a-f]{{12}}$", out var regex) && regex.IsMatch(text);

    [GeneratedRegex(@"^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([-a-zA-Z0-9\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Hostname();

    [GeneratedRegex(@"^[^@\s<>()\[\],;:""]+@[^@\s<>()\[\],;:""]+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"^([0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5,19}|[0-9a-fA-F]{4}(\.[0-9a-fA-F]{4}){2,9})\z")]
    private static partial Regex Mac();

    [GeneratedRegex(@"^[0-9a-fA-F]{24}\z")]
    private static partial Regex ObjectId();

    [GeneratedRegex(@"^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}\z")]
    private static partial Regex SocialSecurity();

    [GeneratedRegex(@"^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z")]
    private static partial Regex HexColor();

    [GeneratedRegex(@"^rgb\(\s*([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\s*,\s*([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\s*,\s*([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\s*\)\z")]
    private static partial Regex RgbColor();

    [GeneratedRegex(@"^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"^[-+]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+\z")]
    private static partial Regex GoDuration();

    [GeneratedRegex(@"[0-9]+\s*([A-Za-zµ]+)")]
    private static partial Regex ScalaDuration();

    [GeneratedRegex(@"^([0-9][- ]?){9}[0-9X]\z")]
    private static partial Regex Isbn10();

    [GeneratedRegex(@"^([0-9][- ]?){13}\z")]
    private static partial Regex Isbn13();

    [GeneratedRegex(@"^(4[0-9]{12}([0-9]{3})?|5[1-5][0-9]{14}|6(011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(0[0-5]|[68][0-9])[0-9]{11}|(2131|1800|35[0-9]{3})[0-9]{11})\z")]
    private static partial Regex CreditCard();

    [GeneratedRegex(@"[^0-9]+")]
    private static partial Regex NoDigit();
}
