using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Named formats of texts: <c>format.dns1123Label().validate(name)</c>.</summary>
internal static class FormatFunctions
{
    private const string UuidPattern = "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$";
    private const string TimePattern = "^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$";

    private static readonly GoRegex Uuid = Read(UuidPattern);
    private static readonly GoRegex Time = Read(TimePattern);

    private static readonly Dictionary<string, CelFormat> Named = new(StringComparer.Ordinal)
    {
        ["dns1123Label"] = new("DNS1123Label", 30, NamePatterns.CheckLabel),
        ["dns1123Subdomain"] = new("DNS1123Subdomain", 60, NamePatterns.CheckSubdomain),
        ["dns1035Label"] = new("DNS1035Label", 30, NamePatterns.CheckOldLabel),
        ["qualifiedName"] = new("QualifiedName", 60, NamePatterns.CheckQualifiedName),
        ["dns1123LabelPrefix"] = new("DNS1123LabelPrefix", 30, s => NamePatterns.CheckLabel(NamePatterns.MaskDash(s))),
        ["dns1123SubdomainPrefix"] = new("DNS1123SubdomainPrefix", 60, s => NamePatterns.CheckSubdomain(NamePatterns.MaskDash(s))),
        ["dns1035LabelPrefix"] = new("DNS1035LabelPrefix", 30, s => NamePatterns.CheckOldLabel(NamePatterns.MaskDash(s))),
        ["labelValue"] = new("LabelValue", 40, NamePatterns.CheckLabelValue),
        ["uri"] = new("URI", 1103, s => GoUrl.ParseRequest(s, out var error) is null ? [error!] : []),
        ["uuid"] = new("uuid", UuidPattern.Length, s => Uuid.IsMatch(s) ? [] : ["does not match the UUID format"]),
        ["byte"] = new("byte", 84, s => s.Length > 0 && s.Length % 4 == 0 && Base64.IsValid(s) && !s.AsSpan().ContainsAny(" \t\r\n") ? [] : ["invalid base64"]),
        ["date"] = new("date", TimePattern.Length, s => IsDate(s) ? [] : ["invalid date"]),
        ["datetime"] = new("datetime", TimePattern.Length, s => IsDateTime(s) ? [] : ["invalid datetime"]),
    };

    public static CelFunction[] All { get; } =
    [
        .. Named.Select(f => new CelFunction("format." + f.Key, Global("format." + f.Key, [], CelFormat.FormatType, _ => f.Value))),
        new("format.named", Global("format-named", [CelType.String], CelType.Optional(CelFormat.FormatType), a =>
            Named.TryGetValue(((StringValue)a[0]).Value, out var format) ? CelOptional.Of(format) : CelOptional.None)),
        new("validate", Member("format-validate", [CelFormat.FormatType, CelType.String], CelType.Optional(CelType.List(CelType.String)), Validate)),
    ];

    private static CelOptional Validate(ReadOnlySpan<Value> arguments)
    {
        var errors = ((CelFormat)arguments[0]).Check(((StringValue)arguments[1]).Value);
        return errors.Count == 0 ? CelOptional.None : CelOptional.Of(new ListValue(errors.Select(e => new StringValue(e))));
    }

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text)
    {
        var parts = text.ToLowerInvariant().Split('t');
        return text.Length >= 4 && parts.Length >= 2 && IsDate(parts[0]) && Time.Match(parts[1]) is { } match
            && Part(1, "23") && Part(2, "59") && Part(3, "59");

        bool Part(int group, string most) => string.CompareOrdinal(parts[1][match[2 * group]..match[(2 * group) + 1]], most) <= 0;
    }

    private static GoRegex Read(string pattern) => GoRegex.TryParse(pattern, out var regex, out var error) ? regex : throw new UnreachableException(error);
}
