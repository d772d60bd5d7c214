using Weir.Values;

namespace Weir.Kustomize.Selecting;

/// <summary>
/// A regular expression as kustomization files write it, in Go's syntax. A pattern without special characters
/// is compared, not matched.
/// </summary>
internal sealed class Pattern
{
    private readonly string _text;
    private readonly bool _isAnchored;
    private readonly GoRegex? _regex;

    private Pattern(string text, bool isAnchored, GoRegex? regex)
    {
        _text = text;
        _isAnchored = isAnchored;
        _regex = regex;
    }

    /// <summary>A pattern that may match anywhere.</summary>
    public static Pattern Compile(string pattern) => new(pattern, false, IsLiteral(pattern) ? null : Parse(pattern));

    /// <summary>A pattern that must match the whole text, as selectors anchor theirs.</summary>
    public static Pattern CompileAnchored(string pattern) => new(pattern, true, IsLiteral(pattern) ? null : Parse($"^(?:{pattern})$"));

    public bool IsMatch(string text)
    {
        if (_regex is not null)
        {
            return _regex.IsMatch(text);
        }

        return _isAnchored ? string.Equals(text, _text, StringComparison.Ordinal) : text.Contains(_text, StringComparison.Ordinal);
    }

    private static GoRegex Parse(string pattern) => GoRegex.TryParse(pattern, out var regex, out var error)
        ? regex
        : throw new BuildFailure(error) { Code = "kustomize-regex" };

    private static bool IsLiteral(string pattern)
    {
        foreach (var c in pattern)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '/' or ':' or '@' or ' ' or ','))
            {
                return false;
            }
        }

        return true;
    }
}
