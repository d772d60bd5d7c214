using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Helm;

/// <summary>What a release may be called.</summary>
public static partial class ReleaseName
{
    private const int MaxLength = 53;

    private const string Form = @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /// <summary>What is wrong with a name, in Helm's words; <see langword="null"/> when it may be used.</summary>
    public static string? Check(string name)
    {
        var wrong = name.Length == 0
            ? "no name provided"
            : name.Length > MaxLength || name.EndsWith('\n') || !Pattern().IsMatch(name)
                ? $"invalid release name, must match regex {Form} and the length must not be longer than {MaxLength}"
                : null;
        return wrong is null ? null : $"release name check failed: release name {GoQuote.Quote(name)}: {wrong}";
    }

    [GeneratedRegex(Form)]
    private static partial Regex Pattern();
}
