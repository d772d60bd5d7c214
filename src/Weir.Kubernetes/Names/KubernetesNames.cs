using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The rules for names and labels. Each check answers what is wrong, in Kubernetes' words; nothing when all is well.</summary>
public static partial class KubernetesNames
{
    private const string LabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainFormat = LabelFormat + "(\\." + LabelFormat + ")*";
    private const string Dns1035Format = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string QualifiedFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelValueFormat = "(" + QualifiedFormat + ")?";

    private static readonly System.Buffers.SearchValues<char> PortNameCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>A name such as <c>example.com</c>: most objects.</summary>
    public static IReadOnlyList<string> CheckSubdomain(string name)
    {
        var problems = new List<string>();
        TooLong(name, 253, problems);
        if (!Subdomain().IsMatch(name))
        {
            problems.Add("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
                + $"(e.g. 'example.com', regex used for validation is '{SubdomainFormat}')");
        }

        return problems;
    }

    /// <summary>A name such as <c>my-name</c>: namespaces.</summary>
    public static IReadOnlyList<string> CheckLabelName(string name)
    {
        var problems = new List<string>();
        TooLong(name, 63, problems);
        if (!Label().IsMatch(name))
        {
            problems.Add(Subdomain().IsMatch(name)
                ? "must not contain dots"
                : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
                    + $"(e.g. 'my-name',  or '123-abc', regex used for validation is '{LabelFormat}')");
        }

        return problems;
    }

    /// <summary>A name that starts with a letter: services.</summary>
    public static IReadOnlyList<string> CheckDns1035Label(string name)
    {
        var problems = new List<string>();
        TooLong(name, 63, problems);
        if (!Dns1035().IsMatch(name))
        {
            problems.Add("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
                + $"(e.g. 'my-name',  or 'abc-123', regex used for validation is '{Dns1035Format}')");
        }

        return problems;
    }

    /// <summary>The name of a port: <c>http</c>.</summary>
    public static IReadOnlyList<string> CheckPortName(string name)
    {
        var problems = new List<string>();
        if (name.Length > 15)
        {
            problems.Add("must be no more than 15 characters");
        }

        if (name.AsSpan().ContainsAnyExcept(PortNameCharacters) || name.Length == 0)
        {
            problems.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!name.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            problems.Add("must contain at least one letter (a-z)");
        }

        if (name.Contains("--", StringComparison.Ordinal))
        {
            problems.Add("must not contain consecutive hyphens");
        }

        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            problems.Add("must not begin or end with a hyphen");
        }

        return problems;
    }

    /// <summary>A name that may stand in a path: roles and bindings.</summary>
    public static IReadOnlyList<string> CheckPathSegment(string name)
    {
        if (name is "." or "..")
        {
            return [$"may not be '{name}'"];
        }

        var problems = new List<string>();
        foreach (var part in (ReadOnlySpan<string>)["/", "%"])
        {
            if (name.Contains(part, StringComparison.Ordinal))
            {
                problems.Add($"may not contain '{part}'");
            }
        }

        return problems;
    }

    /// <summary>A label's or annotation's key: <c>example.com/name</c>.</summary>
    public static IReadOnlyList<string> CheckLabelKey(string key)
    {
        var problems = new List<string>();
        var parts = key.Split('/');
        var name = parts[^1];
        if (parts.Length > 2)
        {
            problems.Add("a valid label key " + QualifiedMessage + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return problems;
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                problems.Add("prefix part must be non-empty");
            }
            else
            {
                problems.AddRange(CheckSubdomain(parts[0]).Select(p => "prefix part " + p));
            }
        }

        if (name.Length == 0)
        {
            problems.Add("name part must be non-empty");
        }
        else if (GoString.ByteLength(name) > 63)
        {
            problems.Add("name part must be no more than 63 bytes");
        }

        if (!Qualified().IsMatch(name))
        {
            problems.Add("name part " + QualifiedMessage);
        }

        return problems;
    }

    /// <summary>A label's value; it may be empty.</summary>
    public static IReadOnlyList<string> CheckLabelValue(string value)
    {
        var problems = new List<string>();
        TooLong(value, 63, problems);
        if (value.Length > 0 && !Qualified().IsMatch(value))
        {
            problems.Add("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + $"(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '{LabelValueFormat}')");
        }

        return problems;
    }

    /// <summary>The key of a config map or secret.</summary>
    public static IReadOnlyList<string> CheckDataKey(string key)
    {
        var problems = new List<string>();
        if (key.Length > 253)
        {
            problems.Add("must be no more than 253 characters");
        }

        if (!DataKey().IsMatch(key))
        {
            problems.Add("a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        }

        switch (key)
        {
            case ".":
                problems.Add("must not be '.'");
                break;
            case "..":
                problems.Add("must not be '..'");
                break;
            case var _ when key.StartsWith("..", StringComparison.Ordinal):
                problems.Add("must not start with '..'");
                break;
        }

        return problems;
    }

    private static string QualifiedMessage { get; } =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + $"(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{QualifiedFormat}')";

    private static void TooLong(string text, int max, List<string> problems)
    {
        if (GoString.ByteLength(text) > max)
        {
            problems.Add($"must be no more than {max} bytes");
        }
    }

    [GeneratedRegex("^" + SubdomainFormat + "\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex("^" + LabelFormat + "\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex("^" + Dns1035Format + "\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dns1035();

    [GeneratedRegex("^" + QualifiedFormat + "\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Qualified();

    [GeneratedRegex("^[-._a-zA-Z0-9]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DataKey();
}
