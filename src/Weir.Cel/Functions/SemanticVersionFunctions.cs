using System.Globalization;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Semantic versions.</summary>
internal static class SemanticVersionFunctions
{
    private static readonly CelType Type = CelSemanticVersion.VersionType;
    private static readonly CelType Text = CelType.String;

    public static CelFunction[] All { get; } =
    [
        new(
            "semver",
            Global("string_to_semver", [Text], Type, a => Read(a[0], normalize: false)),
            Global("string_bool_to_semver", [Text, CelType.Bool], Type, a => Read(a[0], ((BoolValue)a[1]).Value))),
        new(
            "isSemver",
            Global("is_semver_string", [Text], CelType.Bool, a => BoolValue.Of(Read(a[0], normalize: false) is CelSemanticVersion)),
            Global("is_semver_string_bool", [Text, CelType.Bool], CelType.Bool, a => BoolValue.Of(Read(a[0], ((BoolValue)a[1]).Value) is CelSemanticVersion))),
        new("isGreaterThan", Member("semver_is_greater_than", [Type, Type], CelType.Bool, a => BoolValue.Of(Of(a[0]).CompareTo(Of(a[1])) > 0))),
        new("isLessThan", Member("semver_is_less_than", [Type, Type], CelType.Bool, a => BoolValue.Of(Of(a[0]).CompareTo(Of(a[1])) < 0))),
        new("compareTo", Member("semver_compare_to", [Type, Type], CelType.Int, a => new IntValue(Of(a[0]).CompareTo(Of(a[1]))))),
        Part("major", v => v.Major),
        Part("minor", v => v.Minor),
        Part("patch", v => v.Patch),
    ];

    private static CelSemanticVersion Of(Value value) => (CelSemanticVersion)value;

    private static CelFunction Part(string name, Func<CelSemanticVersion, ulong> part) =>
        new(name, Member("semver_" + name, [Type], CelType.Int, a => new IntValue(unchecked((long)part(Of(a[0]))))));

    private static Value Read(Value value, bool normalize)
    {
        var text = ((StringValue)value).Value;
        var error = "";
        if ((normalize ? Normalize(text, out error) : text) is not { } normal)
        {
            return new CelError(error);
        }

        return Parse(normal, out error) ?? (Value)new CelError(error);
    }

    // A leading v and leading zeros are dropped, missing numbers are zero.
    private static string? Normalize(string text, out string error)
    {
        error = "";
        var parts = (text.StartsWith('v') ? text[1..] : text).Split('.', 3).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Length > 1)
            {
                var trimmed = parts[i].TrimStart('0');
                parts[i] = trimmed.Length == 0 || !char.IsAsciiDigit(trimmed[0]) ? "0" + trimmed : trimmed;
            }
        }

        if (parts.Count < 3)
        {
            if (parts[^1].IndexOfAny(['+', '-']) >= 0)
            {
                error = "short version cannot contain PreRelease/Build meta data";
                return null;
            }

            while (parts.Count < 3)
            {
                parts.Add("0");
            }
        }

        return string.Join('.', parts);
    }

    private static CelSemanticVersion? Parse(string text, out string error)
    {
        if (text.Length == 0)
        {
            return Fail(out error, "Version string empty");
        }

        var parts = text.Split('.', 3);
        if (parts.Length != 3)
        {
            return Fail(out error, "No Major.Minor.Patch elements found");
        }

        if (Number("Major", parts[0], out error) is not { } major || Number("Minor", parts[1], out error) is not { } minor)
        {
            return null;
        }

        var patchText = parts[2];
        string[] build = [];
        if (patchText.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus)
        {
            build = patchText[(plus + 1)..].Split('.');
            patchText = patchText[..plus];
        }

        string[] preRelease = [];
        if (patchText.IndexOf('-', StringComparison.Ordinal) is >= 0 and var dash)
        {
            preRelease = patchText[(dash + 1)..].Split('.');
            patchText = patchText[..dash];
        }

        if (Number("Patch", patchText, out error) is not { } patch)
        {
            return null;
        }

        foreach (var part in preRelease)
        {
            if (part.Length == 0)
            {
                return Fail(out error, "Prerelease is empty");
            }

            if (part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            {
                if (part.Length > 1 && part[0] == '0')
                {
                    return Fail(out error, $"Numeric PreRelease version must not contain leading zeroes {GoQuote.Quote(part)}");
                }

                if (!ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                {
                    return Fail(out error, $"strconv.ParseUint: parsing {GoQuote.Quote(part)}: value out of range");
                }
            }
            else if (!IsWord(part))
            {
                return Fail(out error, $"Invalid character(s) found in prerelease {GoQuote.Quote(part)}");
            }
        }

        foreach (var part in build)
        {
            if (part.Length == 0)
            {
                return Fail(out error, "Build meta data is empty");
            }

            if (!IsWord(part))
            {
                return Fail(out error, $"Invalid character(s) found in build meta data {GoQuote.Quote(part)}");
            }
        }

        return new CelSemanticVersion(major, minor, patch, preRelease, text);
    }

    private static bool IsWord(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static ulong? Number(string name, string text, out string error)
    {
        error = "";
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            error = $"Invalid character(s) found in {name.ToLowerInvariant()} number {GoQuote.Quote(text)}";
            return null;
        }

        if (text.Length > 1 && text[0] == '0')
        {
            error = $"{name} number must not contain leading zeroes {GoQuote.Quote(text)}";
            return null;
        }

        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            error = $"strconv.ParseUint: parsing {GoQuote.Quote(text)}: {(text.Length == 0 ? "invalid syntax" : "value out of range")}";
            return null;
        }

        return number;
    }

    private static CelSemanticVersion? Fail(out string error, string message)
    {
        error = message;
        return null;
    }
}
