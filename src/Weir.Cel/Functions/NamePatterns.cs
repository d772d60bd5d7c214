using System.Diagnostics;
using Weir.Values;

namespace Weir.Cel.Functions;

/// <summary>The names of Kubernetes, with its messages for texts that are none.</summary>
internal static class NamePatterns
{
    private const string Label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Subdomain = Label + "(\\." + Label + ")*";
    private const string OldLabel = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string Qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelValue = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";

    private static readonly GoRegex LabelRegex = Whole(Label);
    private static readonly GoRegex SubdomainRegex = Whole(Subdomain);
    private static readonly GoRegex OldLabelRegex = Whole(OldLabel);
    private static readonly GoRegex QualifiedRegex = Whole(Qualified);
    private static readonly GoRegex LabelValueRegex = Whole(LabelValue);

    public static List<string> CheckLabel(string text)
    {
        var errors = CheckLength(text, 63);
        if (!LabelRegex.IsMatch(text))
        {
            errors.Add(SubdomainRegex.IsMatch(text)
                ? "must not contain dots"
                : Message(
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                    Label, "my-name", "123-abc"));
        }

        return errors;
    }

    public static List<string> CheckSubdomain(string text)
    {
        var errors = CheckLength(text, 253);
        if (!SubdomainRegex.IsMatch(text))
        {
            errors.Add(Message(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
                Subdomain, "example.com"));
        }

        return errors;
    }

    public static List<string> CheckOldLabel(string text)
    {
        var errors = CheckLength(text, 63);
        if (!OldLabelRegex.IsMatch(text))
        {
            errors.Add(Message(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                OldLabel, "my-name", "abc-123"));
        }

        return errors;
    }

    public static List<string> CheckLabelValue(string text)
    {
        var errors = CheckLength(text, 63);
        if (!LabelValueRegex.IsMatch(text))
        {
            errors.Add(Message(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                LabelValue, "MyValue", "my_value", "12345"));
        }

        return errors;
    }

    public static List<string> CheckQualifiedName(string text)
    {
        const string Meaning = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
        var parts = text.Split('/');
        var message = Message(Meaning, Qualified, "MyName", "my.name", "123-abc");
        if (parts.Length > 2)
        {
            return [$"a qualified name {message} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        List<string> errors = [];
        if (parts.Length == 2)
        {
            errors.AddRange(parts[0].Length == 0 ? ["prefix part must be non-empty"] : CheckSubdomain(parts[0]).Select(e => "prefix part " + e));
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            errors.Add("name part must be non-empty");
        }
        else if (GoString.ByteLength(name) > 63)
        {
            errors.Add("name part must be no more than 63 characters");
        }

        if (!QualifiedRegex.IsMatch(name))
        {
            errors.Add("name part " + message);
        }

        return errors;
    }

    /// <summary>A dash at the end of a prefix is as good as a letter: something follows it.</summary>
    public static string MaskDash(string prefix) => prefix.Length > 1 && prefix[^1] == '-' ? prefix[..^2] + "a" : prefix;

    private static List<string> CheckLength(string text, int most) =>
        GoString.ByteLength(text) > most ? [$"must be no more than {most} characters"] : [];

    private static string Message(string meaning, string pattern, params string[] examples) =>
        $"{meaning} (e.g. {string.Join(" or ", examples.Select(e => $"'{e}', "))}regex used for validation is '{pattern}')";

    private static GoRegex Whole(string pattern) =>
        GoRegex.TryParse($"^{pattern}$", out var regex, out var error) ? regex : throw new UnreachableException(error);
}
