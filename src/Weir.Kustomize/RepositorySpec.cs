using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Kustomize;

/// <summary>
/// A Git repository, and a directory and revision in it, as kustomization files write them:
/// <c>https://host/org/repo//path?ref=v1</c>, <c>git@host:org/repo.git</c> and their kin.
/// </summary>
/// <param name="Raw">The text as written.</param>
/// <param name="Host">Scheme, user and host, up to where the path of the repository begins.</param>
/// <param name="RepositoryPath">The repository on its host.</param>
/// <param name="Path">The directory in the repository; empty for its root.</param>
/// <param name="Ref">Branch, tag or commit; empty for the default branch.</param>
/// <param name="Submodules">Whether submodules are fetched too.</param>
/// <param name="Timeout">The longest time that git may take.</param>
public sealed partial record RepositorySpec(
    string Raw, string Host, string RepositoryPath, string Path, string Ref, bool Submodules, TimeSpan Timeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(27);

    private static readonly string[] Schemes = ["ssh://", "https://", "http://", "file://"];

    /// <summary>What <c>git clone</c> is given.</summary>
    public string CloneUrl => Host + RepositoryPath;

    /// <summary>Reads a text that may name a repository; <paramref name="error"/> says why it does not.</summary>
    public static RepositorySpec? Parse(string text, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('/'))
        {
            error = $"uri looks like abs path: {text}";
            return null;
        }

        var question = text.IndexOf('?', StringComparison.Ordinal);
        var (reference, timeout, submodules) = ParseQuery(question < 0 ? "" : text[(question + 1)..]);
        if (ParseHost(question < 0 ? text : text[..question], out error) is not var (host, rest))
        {
            return null;
        }

        if (ParsePath(rest, host.StartsWith("file://", StringComparison.Ordinal), out error) is not var (repository, path))
        {
            return null;
        }

        return new RepositorySpec(text, host, repository, path, reference, submodules, timeout);
    }

    /// <summary>True for a text that kustomize takes for a file on a web server.</summary>
    public static bool IsWebAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>ref</c> (or <c>version</c>), <c>timeout</c> and <c>submodules</c>; anything else counts for nothing.</summary>
    public static (string Ref, TimeSpan Timeout, bool Submodules) ParseQuery(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&'))
        {
            if (pair.Contains(';', StringComparison.Ordinal))
            {
                return ("", DefaultTimeout, true);
            }

            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = Unescape(equals < 0 ? pair : pair[..equals]);
            var value = Unescape(equals < 0 ? "" : pair[(equals + 1)..]);
            if (key is null || value is null)
            {
                return ("", DefaultTimeout, true);
            }

            values.TryAdd(key, value);
        }

        var reference = values.GetValueOrDefault("ref") is { Length: > 0 } given ? given : values.GetValueOrDefault("version") ?? "";
        return (reference, ParseTimeout(values.GetValueOrDefault("timeout")), ParseBool(values.GetValueOrDefault("submodules")) ?? true);
    }

    private static string? Unescape(string text)
    {
        var spaced = text.Replace('+', ' ');
        return BadEscape().IsMatch(spaced) ? null : Uri.UnescapeDataString(spaced);
    }

    private static TimeSpan ParseTimeout(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return DefaultTimeout;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds > 0 ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
        }

        var match = Duration().Match(text);
        if (!match.Success)
        {
            return DefaultTimeout;
        }

        var total = 0.0;
        for (var i = 0; i < match.Groups["n"].Captures.Count; i++)
        {
            var number = double.Parse(match.Groups["n"].Captures[i].ValueSpan, CultureInfo.InvariantCulture);
            total += number * match.Groups["u"].Captures[i].Value switch
            {
                "h" => 3600,
                "m" => 60,
                "s" => 1,
                "ms" => 1e-3,
                "us" or "µs" => 1e-6,
                _ => 1e-9,
            };
        }

        return total > 0 ? TimeSpan.FromTicks((long)Math.Round(total * TimeSpan.TicksPerSecond)) : DefaultTimeout;
    }

    private static bool? ParseBool(string? text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private static (string Host, string Path)? ParseHost(string text, out string? error)
    {
        error = null;
        if (text.StartsWith("git::", StringComparison.OrdinalIgnoreCase))
        {
            text = text[5..];
        }

        var scheme = Array.Find(Schemes, s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ?? "";
        text = text[scheme.Length..];
        var user = User().Match(text) is { Success: true } match ? match.Value : "";
        text = text[user.Length..];
        var isGitHub = text.StartsWith("github.com/", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("github.com:", StringComparison.OrdinalIgnoreCase);
        var acceptsColon = scheme.Length == 0 && (user.Length > 0 || isGitHub);
        if (scheme.Length == 0 && !acceptsColon)
        {
            error = "failed to parse scheme";
            return null;
        }

        if (scheme == "file://")
        {
            return (scheme, user + text);
        }

        var separator = text.IndexOf('/', StringComparison.Ordinal);
        var colon = acceptsColon ? text.IndexOf(':', StringComparison.Ordinal) : -1;
        if (acceptsColon && (separator < 0 || (colon > 0 && colon < separator)))
        {
            separator = colon;
        }

        var host = separator < 0 ? text : text[..(separator + 1)];
        var rest = separator < 0 ? "" : text[(separator + 1)..];
        if (isGitHub)
        {
            (scheme, user, host) = scheme == "ssh://" || user.Length > 0 ? ("", user, "github.com:") : ("https://", "", "github.com/");
        }

        if (host.Length == 0)
        {
            error = "failed to parse host segment";
            return null;
        }

        return (scheme + user + host, rest);
    }

    private static (string Repository, string Path)? ParsePath(string text, bool isFile, out string? error)
    {
        error = null;
        var (repository, path) = Split(text, isFile);
        if (string.IsNullOrEmpty(repository))
        {
            error = "failed to parse repo path segment";
            return null;
        }

        if (Leaves(path))
        {
            error = $"url path exits repo: {text}";
            return null;
        }

        return (repository, path.StartsWith('/') ? path[1..] : path);
    }

    private static (string? Repository, string Path) Split(string text, bool isFile)
    {
        const string marker = "_git/";
        var git = text.IndexOf(marker, StringComparison.Ordinal);
        if (git >= 0)
        {
            var below = text[(git + marker.Length)..];
            var slash = below.IndexOf('/', StringComparison.Ordinal);
            return (text[..(git + marker.Length)] + (slash < 0 ? below : below[..slash]), slash < 0 ? "" : below[(slash + 1)..]);
        }

        var twoSlashes = text.IndexOf("//", StringComparison.Ordinal);
        if (twoSlashes >= 0)
        {
            return (text[..twoSlashes], text[(twoSlashes + 2)..]);
        }

        var suffix = text.IndexOf(".git", StringComparison.Ordinal);
        if (suffix >= 0)
        {
            return (text[..(suffix + 4)], text[(suffix + 4)..]);
        }

        if (isFile)
        {
            return (text, "");
        }

        var parts = text.Split('/');
        return parts.Length < 2 ? (null, "") : ($"{parts[0]}/{parts[1]}", string.Join('/', parts, 2, parts.Length - 2));
    }

    private static bool Leaves(string path)
    {
        var depth = 0;
        foreach (var part in path.Split('/'))
        {
            depth += part switch
            {
                "" or "." => 0,
                ".." => -1,
                _ => 1,
            };
            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9-]*@", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    [GeneratedRegex(@"^\+?(?:(?<n>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?<u>h|ms|m|s|us|µs|ns))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex BadEscape();
}
