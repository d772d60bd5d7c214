using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Weir.Values;

/// <summary>
/// A range of versions as Masterminds/semver v3.5 reads it: groups joined by <c>||</c>, clauses of a group by a comma or a
/// space, wildcards, <c>~</c>, <c>^</c> and <c>1 - 2</c>. A group takes pre-releases only when one of its clauses names one.
/// </summary>
public sealed class VersionConstraint
{
    private static readonly string[] Operators = ["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"];

    private readonly ConstraintClause[][] _groups;
    private readonly bool[] _mentionsPrerelease;

    private VersionConstraint(ConstraintClause[][] groups)
    {
        _groups = groups;
        _mentionsPrerelease = Array.ConvertAll(groups, g => Array.Exists(g, c => c.MentionsPrerelease));
    }

    /// <summary>True to let every group take pre-releases.</summary>
    public bool IncludePrerelease { get; init; }

    public static bool TryParse(string text, [NotNullWhen(true)] out VersionConstraint? constraint) => TryParse(text, out constraint, out _);

    /// <summary>Reads a constraint; <paramref name="error"/> has the words of the Go library.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out VersionConstraint? constraint,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        constraint = null;
        var groups = RewriteHyphenRanges(text).Split("||");
        var parsed = new ConstraintClause[groups.Length][];
        for (var i = 0; i < groups.Length; i++)
        {
            if (ReadGroup(groups[i], out error) is not { } clauses)
            {
                error ??= $"improper constraint: {GoQuote.Quote(groups[i])}";
                return false;
            }

            parsed[i] = clauses;
        }

        constraint = new VersionConstraint(parsed);
        error = null;
        return true;
    }

    /// <summary>The same constraint with pre-releases taken everywhere.</summary>
    public VersionConstraint WithPrereleases() => new(_groups) { IncludePrerelease = true };

    /// <summary>True when the version fits one of the groups.</summary>
    public bool Check(SemanticVersion version)
    {
        for (var i = 0; i < _groups.Length; i++)
        {
            var includePrerelease = IncludePrerelease || _mentionsPrerelease[i];
            if (Array.TrueForAll(_groups[i], c => c.Mismatch(version, includePrerelease) is null))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why the version does not fit: one sentence a clause; empty when it does.</summary>
    public IReadOnlyList<string> Validate(SemanticVersion version)
    {
        var reasons = new List<string>();
        var saidPrerelease = false;
        for (var i = 0; i < _groups.Length; i++)
        {
            var fits = true;
            var includePrerelease = IncludePrerelease || _mentionsPrerelease[i];
            foreach (var clause in _groups[i])
            {
                if (clause.Mismatch(version, includePrerelease) is not { } reason)
                {
                    continue;
                }

                fits = false;
                if (includePrerelease || !version.IsPrerelease)
                {
                    reasons.Add(reason);
                }
                else if (!saidPrerelease)
                {
                    saidPrerelease = true;
                    reasons.Add(ConstraintClause.PrereleaseMismatch(version));
                }
            }

            if (fits)
            {
                return [];
            }
        }

        return reasons;
    }

    public override string ToString() => string.Join(" || ", _groups.Select(g => string.Join<ConstraintClause>(' ', g)));

    /// <summary>The clauses of a group, or <see langword="null"/>; without an error the text as a whole is improper.</summary>
    private static ConstraintClause[]? ReadGroup(string group, out string? error)
    {
        error = null;
        var clauses = new List<(string Operator, ConstraintVersionText Version)>();
        var rest = SkipSpace(group);
        while (true)
        {
            var @operator = TakeOperator(ref rest);
            rest = SkipSpace(rest);
            if (!ConstraintVersionText.TryTake(rest, out var version))
            {
                return null;
            }

            clauses.Add((@operator, version));
            rest = rest[version.Text.Length..];
            var afterSpace = SkipSpace(rest);
            if (afterSpace.IsEmpty)
            {
                break;
            }

            var separated = afterSpace.Length < rest.Length;
            rest = afterSpace;
            if (rest[0] == ',')
            {
                rest = SkipSpace(rest[1..]);
            }
            else if (!separated)
            {
                return null;
            }
        }

        var result = new ConstraintClause[clauses.Count];
        for (var i = 0; i < result.Length; i++)
        {
            if (ConstraintClause.Create(clauses[i].Operator, clauses[i].Version) is not { } clause)
            {
                error = "constraint parser error";
                return null;
            }

            result[i] = clause;
        }

        return result;
    }

    private static string TakeOperator(ref ReadOnlySpan<char> rest)
    {
        foreach (var candidate in Operators)
        {
            if (rest.StartsWith(candidate))
            {
                rest = rest[candidate.Length..];
                return candidate;
            }
        }

        return "";
    }

    private static ReadOnlySpan<char> SkipSpace(ReadOnlySpan<char> text) => text.TrimStart("\t\n\f\r ");

    /// <summary><c>1.2 - 2</c> becomes <c>&gt;= 1.2, &lt;= 2 </c>.</summary>
    private static string RewriteHyphenRanges(string text)
    {
        if (!HasSpacedHyphen(text))
        {
            return text;
        }

        var rewritten = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            if (!TryTakeRange(text.AsSpan(at), out var length, out var replacement))
            {
                rewritten.Append(text[at++]);
                continue;
            }

            rewritten.Append(replacement);
            at += length;
        }

        return rewritten.ToString();
    }

    private static bool HasSpacedHyphen(string text)
    {
        for (var i = text.IndexOf('-', StringComparison.Ordinal); i >= 0; i = text.IndexOf('-', i + 1))
        {
            if (i > 0 && i + 1 < text.Length && IsSpace(text[i - 1]) && IsSpace(text[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTakeRange(ReadOnlySpan<char> text, out int length, out string replacement)
    {
        (length, replacement) = (0, "");
        var rest = SkipSpace(text);
        if (!ConstraintVersionText.TryTake(rest, out var low))
        {
            return false;
        }

        rest = rest[low.Text.Length..];
        var hyphen = SkipSpace(rest);
        if (hyphen.Length == rest.Length || hyphen.IsEmpty || hyphen[0] != '-')
        {
            return false;
        }

        var high = SkipSpace(hyphen[1..]);
        if (high.Length == hyphen.Length - 1 || !ConstraintVersionText.TryTake(high, out var top))
        {
            return false;
        }

        length = text.Length - SkipSpace(high[top.Text.Length..]).Length;
        replacement = $">= {low.Text}, <= {top.Text} ";
        return true;
    }

    private static bool IsSpace(char c) => c is '\t' or '\n' or '\f' or '\r' or ' ';
}
