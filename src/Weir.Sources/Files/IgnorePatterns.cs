using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Sources.Files;

/// <summary>
/// Patterns in the syntax of <c>.gitignore</c>, as <c>.sourceignore</c> files and <c>spec.ignore</c> use it: the last pattern that
/// matches decides, <c>!</c> takes a path back, a slash anchors, a slash at the end means directories only.
/// </summary>
public sealed class IgnorePatterns
{
    // Compiling costs far more than matching, and nearly every source has the same patterns.
    private const int MostCompiled = 512;

    private static readonly ConcurrentDictionary<(string Pattern, string Directory), Regex> Compiled = new();

    private readonly List<Pattern> _patterns = [];

    private sealed record Pattern(Regex Expression, bool Negated, bool DirectoriesOnly);

    /// <summary>What version control leaves behind; always excluded.</summary>
    public static string VersionControl { get; } = ".git/\n.gitignore\n.gitmodules\n.gitattributes\n";

    /// <summary>What Flux excludes besides, as long as a repository says nothing of its own.</summary>
    public static string Defaults { get; } = """
        *.jpg
        *.jpeg
        *.gif
        *.png
        *.wmv
        *.flv
        *.tar.gz
        *.zip
        .github/
        .circleci/
        .travis.yml
        .gitlab-ci.yml
        appveyor.yml
        .drone.yml
        cloudbuild.yaml
        codeship-services.yml
        codeship-steps.yml
        **/.goreleaser.yml
        **/.sops.yaml
        **/.flux.yaml

        """;

    public bool IsEmpty => _patterns.Count == 0;

    /// <summary>Adds the patterns of a text, which count from a directory (empty for the root).</summary>
    public void Add(string text, string directory = "")
    {
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            line = TrimSpaces(line);
            var negated = line.StartsWith('!');
            if (negated)
            {
                line = line[1..];
            }

            if (line.StartsWith("\\#", StringComparison.Ordinal) || line.StartsWith("\\!", StringComparison.Ordinal))
            {
                line = line[1..];
            }

            var directoriesOnly = line.EndsWith('/');
            line = line.TrimEnd('/');
            if (line.Length > 0)
            {
                _patterns.Add(new Pattern(ExpressionOf(line, directory), negated, directoriesOnly));
            }
        }
    }

    /// <summary>
    /// Whether a path is excluded. A pattern that matches a directory matches all below it, and the last pattern that matches
    /// decides: as in Flux, and unlike git, a file in an excluded directory can be taken back.
    /// </summary>
    public bool IsExcluded(string path, bool isDirectory)
    {
        for (var i = _patterns.Count - 1; i >= 0; i--)
        {
            if (Matches(_patterns[i], path, isDirectory))
            {
                return !_patterns[i].Negated;
            }
        }

        return false;
    }

    private static bool Matches(Pattern pattern, string path, bool isDirectory)
    {
        if ((isDirectory || !pattern.DirectoriesOnly) && pattern.Expression.IsMatch(path))
        {
            return true;
        }

        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (pattern.Expression.IsMatch(path.AsSpan(0, slash)))
            {
                return true;
            }
        }

        return false;
    }

    private static string TrimSpaces(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ' && (end < 2 || line[end - 2] != '\\'))
        {
            end--;
        }

        return line[..end];
    }

    private static Regex ExpressionOf(string pattern, string directory)
    {
        if (Compiled.Count > MostCompiled)
        {
            Compiled.Clear();
        }

        return Compiled.GetOrAdd((pattern, directory), static key => Compile(key.Pattern, key.Directory));
    }

    private static Regex Compile(string pattern, string directory)
    {
        var anchored = pattern.Contains('/', StringComparison.Ordinal);
        pattern = pattern.TrimStart('/');
        var expression = new StringBuilder("^");
        if (directory.Length > 0)
        {
            expression.Append(Regex.Escape(directory)).Append('/');
        }

        if (!anchored)
        {
            expression.Append("(?:.*/)?");
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when At(pattern, i, "**/") && (i == 0 || pattern[i - 1] == '/'):
                    expression.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when At(pattern, i, "**") && i + 2 == pattern.Length && (i == 0 || pattern[i - 1] == '/'):
                    // a/** is a and all below it.
                    if (expression[^1] == '/')
                    {
                        expression.Length--;
                        expression.Append("(?:/.*)?");
                    }
                    else
                    {
                        expression.Append(".+");
                    }

                    i++;
                    break;
                case '*':
                    expression.Append("[^/]*");
                    break;
                case '?':
                    expression.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is var end and > 0:
                    var set = pattern[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal);
                    expression.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set).Append(']');
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    expression.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    expression.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return new Regex(expression.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static bool At(string text, int index, string part) => string.CompareOrdinal(text, index, part, 0, part.Length) == 0;

    /// <summary>
    /// The patterns that hold for a tree: those of <c>spec.ignore</c>, else those of every <c>.sourceignore</c> in it, else Flux's defaults;
    /// version control is always excluded.
    /// </summary>
    public static IgnorePatterns ForTree(IFileTree tree, string? specIgnore)
    {
        var own = new IgnorePatterns();
        AddSourceIgnores(own, tree, "");
        if (specIgnore is not null)
        {
            own.Add(specIgnore);
        }

        var all = new IgnorePatterns();
        all.Add(VersionControl);
        if (own.IsEmpty)
        {
            all.Add(Defaults);
        }

        all._patterns.AddRange(own._patterns);
        return all;
    }

    private static void AddSourceIgnores(IgnorePatterns patterns, IFileTree tree, string directory)
    {
        foreach (var entry in tree.List(directory))
        {
            var path = directory.Length == 0 ? entry.Name : $"{directory}/{entry.Name}";
            if (entry.IsDirectory)
            {
                if (entry.Name != ".git")
                {
                    AddSourceIgnores(patterns, tree, path);
                }
            }
            else if (entry.Name == ".sourceignore" && tree.TryRead(path) is { } content)
            {
                patterns.Add(Encoding.UTF8.GetString(content.Span), directory);
            }
        }
    }
}
