using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// The rules of a <c>.helmignore</c> file. Rules are asked in order and the first that answers decides; a rule with
/// <c>!</c> ignores everything it does not match, as Helm has it.
/// </summary>
internal sealed class HelmIgnore
{
    public const string FileName = ".helmignore";

    private readonly List<Rule> _rules = [];

    /// <summary>The rules of this text followed by Helm's own one, and the first mistake in Helm's words.</summary>
    public static (HelmIgnore Rules, Diagnostic? Error) Parse(string text, string? file = null)
    {
        var rules = new HelmIgnore();
        var line = 0;
        foreach (var row in text.TrimStart('\uFEFF').Split('\n'))
        {
            line++;
            if (rules.Add(row) is { } error)
            {
                return (rules, Diagnostic.Error("helm-ignore", error, new SourceSpan(file, line, 1), "write one pattern a line, without '**'"));
            }
        }

        rules.Add("templates/.?*");
        return (rules, null);
    }

    public bool IsIgnored(string path, bool isDirectory)
    {
        if (path is "" or "." or "./")
        {
            return false;
        }

        foreach (var rule in _rules)
        {
            var fits = !rule.DirectoriesOnly || isDirectory;
            if (rule.Negated)
            {
                if (!fits || !rule.Matches(path))
                {
                    return true;
                }
            }
            else if (fits && rule.Matches(path))
            {
                return true;
            }
        }

        return false;
    }

    private string? Add(string row)
    {
        var pattern = row.Trim();
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return null;
        }

        if (pattern.Contains("**", StringComparison.Ordinal))
        {
            return "double-star (**) syntax is not supported";
        }

        if (!PathPattern.IsValid(pattern))
        {
            return "syntax error in pattern";
        }

        var negated = pattern[0] == '!';
        pattern = negated ? pattern[1..] : pattern;
        var directoriesOnly = pattern.EndsWith('/');
        pattern = directoriesOnly ? pattern[..^1] : pattern;
        var rooted = pattern.StartsWith('/');
        pattern = rooted ? pattern[1..] : pattern;
        _rules.Add(new Rule(pattern, negated, directoriesOnly, NameOnly: !rooted && !pattern.Contains('/', StringComparison.Ordinal)));
        return null;
    }

    private sealed record Rule(string Pattern, bool Negated, bool DirectoriesOnly, bool NameOnly)
    {
        public bool Matches(string path) => PathPattern.IsMatch(Pattern, NameOnly ? FilePath.Name(path.TrimEnd('/')) : path);
    }
}
