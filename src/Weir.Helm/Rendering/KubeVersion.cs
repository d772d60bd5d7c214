using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Helm;

/// <summary>A version of Kubernetes as clusters and <c>--kube-version</c> write it, with whatever a vendor appends.</summary>
public sealed partial record KubeVersion
{
    private KubeVersion(string version, string normalized, string major, string minor)
    {
        Version = version;
        Normalized = normalized;
        Major = major;
        Minor = minor;
    }

    /// <summary>The whole version, always with a <c>v</c> before it.</summary>
    public string Version { get; }

    /// <summary>The numbers alone, which constraints are checked against.</summary>
    public string Normalized { get; }

    public string Major { get; }

    public string Minor { get; }

    /// <summary>The version in this text, or Helm's words for what is wrong with it.</summary>
    public static (KubeVersion? Version, string? Error) Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return (null, $"could not parse {GoQuote.Quote(text)} as version");
        }

        var numbers = match.Groups[1].Value.Split('.');
        if (numbers.Length < 2)
        {
            return (null, $"illegal version string {GoQuote.Quote(text)}");
        }

        var parsed = new List<string>(numbers.Length);
        foreach (var number in numbers)
        {
            if (parsed.Count == 0 && number.Length > 1 && number[0] == '0')
            {
                return (null, $"illegal zero-prefixed version component {GoQuote.Quote(number)} in {GoQuote.Quote(text)}");
            }

            if (!ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return (null, $"illegal non-numeric version component {GoQuote.Quote(number)} in {GoQuote.Quote(text)}: strconv.ParseUint: parsing {GoQuote.Quote(number)}: value out of range");
            }

            parsed.Add(value.ToString(CultureInfo.InvariantCulture));
        }

        var version = text.StartsWith('v') ? text : "v" + text;
        return (new KubeVersion(version, "v" + string.Join('.', parsed), parsed[0], parsed[1]), null);
    }

    /// <summary>The version in a text that is known to hold one. Throws <see cref="FormatException"/> otherwise.</summary>
    public static KubeVersion Of(string text) => Parse(text) is ({ } version, _) ? version : throw new FormatException($"'{text}' is no Kubernetes version.");

    public override string ToString() => Normalized;

    [GeneratedRegex(@"^\s*v?([0-9]+(?:\.[0-9]+)*)")]
    private static partial Regex Pattern();
}
