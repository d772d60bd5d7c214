using System.Text;

namespace Weir.Values;

/// <summary>Go's <c>net/url.URL</c>: how it reads a text and writes itself.</summary>
public sealed record GoUrl
{
    public string Scheme { get; init; } = "";

    /// <summary>What follows the scheme when that is no slash, such as the address of <c>mailto:</c>.</summary>
    public string Opaque { get; init; } = "";

    /// <summary>The user's name and password as they are written; <see langword="null"/> without an <c>@</c>.</summary>
    public string? UserInfo { get; init; }

    public string Host { get; init; } = "";

    /// <summary>The path, decoded.</summary>
    public string Path { get; init; } = "";

    /// <summary>The path as it was written, when that is not how it would be encoded.</summary>
    public string RawPath { get; init; } = "";

    public string Query { get; init; } = "";

    public bool HasEmptyQuery { get; init; }

    /// <summary>The fragment, decoded.</summary>
    public string Fragment { get; init; } = "";

    public string RawFragment { get; init; } = "";

    public bool OmitsHost { get; init; }

    /// <summary>The host without port and brackets.</summary>
    public string HostName
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            var host = colon >= 0 && IsPort(Host[colon..]) ? Host[..colon] : Host;
            return host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        }
    }

    /// <summary>The port's digits; empty without a port.</summary>
    public string Port => Host.LastIndexOf(':') is >= 0 and var colon && IsPort(Host[colon..]) ? Host[(colon + 1)..] : "";

    /// <summary>Reads a URL as it stands in a request: absolute, or a path from the root; nothing is a fragment.</summary>
    public static GoUrl? ParseRequest(string text, out string? error)
    {
        var url = ParseReference(text, isRequest: true, out error);
        error = url is null ? $"parse {GoQuote.Quote(text)}: {error}" : null;
        return url;
    }

    /// <summary>Reads a URL; the error is Go's: <c>parse "…": …</c>.</summary>
    public static GoUrl? Parse(string text, out string? error)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var withoutFragment = hash < 0 ? text : text[..hash];
        var url = ParseReference(withoutFragment, isRequest: false, out error);
        var isFragmentWrong = url is not null;
        if (url is not null && hash >= 0)
        {
            var raw = text[(hash + 1)..];
            var fragment = Unescape(raw, Part.Fragment, out error);
            url = fragment is null ? null : url with { Fragment = fragment, RawFragment = raw == Escape(fragment, Part.Fragment) ? "" : raw };
        }

        error = url is null ? $"parse {GoQuote.Quote(isFragmentWrong ? text : withoutFragment)}: {error}" : null;
        return url;
    }

    /// <summary>The URL in full, encoded where it must be.</summary>
    public override string ToString()
    {
        var output = new StringBuilder();
        if (Scheme.Length > 0)
        {
            output.Append(Scheme).Append(':');
        }

        if (Opaque.Length > 0)
        {
            output.Append(Opaque);
        }
        else
        {
            if (Scheme.Length > 0 || Host.Length > 0 || UserInfo is not null)
            {
                if (!(OmitsHost && Host.Length == 0 && UserInfo is null))
                {
                    if (Host.Length > 0 || Path.Length > 0 || UserInfo is not null)
                    {
                        output.Append("//");
                    }

                    if (UserInfo is not null)
                    {
                        output.Append(EncodedUserInfo(UserInfo)).Append('@');
                    }

                    output.Append(Escape(Host, Part.Host));
                }
            }

            AppendPath(output);
        }

        if (HasEmptyQuery || Query.Length > 0)
        {
            output.Append('?').Append(Query);
        }

        if (Fragment.Length > 0)
        {
            output.Append('#').Append(RawFragment.Length > 0 ? RawFragment : Escape(Fragment, Part.Fragment));
        }

        return output.ToString();
    }

    private enum Part
    {
        Path,
        UserPassword,
        Host,
        Fragment,
    }

    /// <summary>The user and password of a URL, as Go writes them back.</summary>
    public static string EncodedUserInfo(string userInfo)
    {
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        var name = Escape(Unescape(colon < 0 ? userInfo : userInfo[..colon], Part.UserPassword, out _) ?? "", Part.UserPassword);
        return colon < 0 ? name : $"{name}:{Escape(Unescape(userInfo[(colon + 1)..], Part.UserPassword, out _) ?? "", Part.UserPassword)}";
    }

    private void AppendPath(StringBuilder output)
    {
        var path = EscapedPath();
        if (path.Length > 0 && path[0] != '/' && Host.Length > 0)
        {
            output.Append('/');
        }

        if (output.Length == 0)
        {
            var segment = path.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? path[..slash] : path;
            if (segment.Contains(':', StringComparison.Ordinal))
            {
                output.Append("./");
            }
        }

        output.Append(path);
    }

    /// <summary>The path, encoded: as it was written where that is one of its encodings.</summary>
    public string EscapedPath()
    {
        if (RawPath.Length > 0 && IsEncoded(RawPath) && Unescape(RawPath, Part.Path, out _) == Path)
        {
            return RawPath;
        }

        return Path == "*" ? "*" : Escape(Path, Part.Path);
    }

    private static bool IsEncoded(string path)
    {
        foreach (var b in GoString.ToBytes(path))
        {
            if (!"!$&'()*+,;=:@[]%".Contains((char)b, StringComparison.Ordinal) && ShouldEscape(b, Part.Path))
            {
                return false;
            }
        }

        return true;
    }

    private static GoUrl? ParseReference(string text, bool isRequest, out string? error)
    {
        if (text.Any(c => c < ' ' || c == '\x7F'))
        {
            error = "net/url: invalid control character in URL";
            return null;
        }

        if (isRequest && text.Length == 0)
        {
            error = "empty url";
            return null;
        }

        if (text == "*")
        {
            error = null;
            return new GoUrl { Path = "*" };
        }

        if (TakeScheme(text, out var rest, out error) is not { } scheme)
        {
            return null;
        }

        var url = new GoUrl { Scheme = scheme.ToLowerInvariant() };
        if (rest.EndsWith('?') && rest.Count(c => c == '?') == 1)
        {
            (url, rest) = (url with { HasEmptyQuery = true }, rest[..^1]);
        }
        else if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var question)
        {
            (url, rest) = (url with { Query = rest[(question + 1)..] }, rest[..question]);
        }

        if (!rest.StartsWith('/'))
        {
            if (url.Scheme.Length > 0)
            {
                return url with { Opaque = rest };
            }

            if (isRequest)
            {
                error = "invalid URI for request";
                return null;
            }

            var segment = rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? rest[..slash] : rest;
            if (segment.Contains(':', StringComparison.Ordinal))
            {
                error = "first path segment in URL cannot contain colon";
                return null;
            }
        }

        return ParseAuthorityAndPath(url, rest, isRequest, out error);
    }

    private static GoUrl? ParseAuthorityAndPath(GoUrl url, string rest, bool isRequest, out string? error)
    {
        error = null;
        if ((url.Scheme.Length > 0 || (!isRequest && !rest.StartsWith("///", StringComparison.Ordinal))) && rest.StartsWith("//", StringComparison.Ordinal))
        {
            var authority = rest[2..];
            rest = "";
            if (authority.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
            {
                (authority, rest) = (authority[..slash], authority[slash..]);
            }

            if (WithAuthority(url, authority, out error) is not { } withAuthority)
            {
                return null;
            }

            url = withAuthority;
        }
        else if (url.Scheme.Length > 0 && rest.StartsWith('/'))
        {
            url = url with { OmitsHost = true };
        }

        return Unescape(rest, Part.Path, out error) is { } path
            ? url with { Path = path, RawPath = rest == Escape(path, Part.Path) ? "" : rest }
            : null;
    }

    private static GoUrl? WithAuthority(GoUrl url, string authority, out string? error)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (host.StartsWith('['))
        {
            var close = host.LastIndexOf(']');
            if (close < 0)
            {
                error = "missing ']' in host";
                return null;
            }

            if (!IsPort(host[(close + 1)..]))
            {
                error = $"invalid port {GoQuote.Quote(host[(close + 1)..])} after host";
                return null;
            }
        }
        else if (host.LastIndexOf(':') is >= 0 and var colon && !IsPort(host[colon..]))
        {
            error = $"invalid port {GoQuote.Quote(host[colon..])} after host";
            return null;
        }

        if (Unescape(host, Part.Host, out error) is not { } decoded)
        {
            return null;
        }

        if (at < 0)
        {
            return url with { Host = decoded };
        }

        var userInfo = authority[..at];
        if (!userInfo.All(c => char.IsAsciiLetterOrDigit(c) || "-._:~!$&'()*+,;=%@".Contains(c, StringComparison.Ordinal)))
        {
            error = "net/url: invalid userinfo";
            return null;
        }

        return Unescape(userInfo, Part.UserPassword, out error) is null ? null : url with { Host = decoded, UserInfo = userInfo };
    }

    private static string? TakeScheme(string text, out string rest, out string? error)
    {
        error = null;
        rest = text;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c))
            {
                continue;
            }

            if (char.IsAsciiDigit(c) || c is '+' or '-' or '.')
            {
                if (i == 0)
                {
                    return "";
                }

                continue;
            }

            if (c != ':')
            {
                return "";
            }

            if (i == 0)
            {
                error = "missing protocol scheme";
                return null;
            }

            rest = text[(i + 1)..];
            return text[..i];
        }

        return "";
    }

    private static bool IsPort(string text) => text.Length == 0 || (text[0] == ':' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);

    private static string? Unescape(string text, Part part, out string? error)
    {
        error = null;
        if (!text.Contains('%', StringComparison.Ordinal) && part != Part.Host)
        {
            return text;
        }

        var bytes = GoString.ToBytes(text);
        var output = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    error = $"invalid URL escape {GoQuote.Quote(GoString.FromBytes(bytes.AsSpan(i, Math.Min(3, bytes.Length - i))))}";
                    return null;
                }

                var value = Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0];
                if (part == Part.Host && value < 0x80 && value != '%')
                {
                    error = $"invalid URL escape {GoQuote.Quote(GoString.FromBytes(bytes.AsSpan(i, 3)))}";
                    return null;
                }

                output.Add(value);
                i += 2;
                continue;
            }

            if (part == Part.Host && bytes[i] < 0x80 && ShouldEscape(bytes[i], part))
            {
                error = $"invalid character {GoQuote.Quote(((char)bytes[i]).ToString())} in host name";
                return null;
            }

            output.Add(bytes[i]);
        }

        return GoString.FromBytes([.. output]);
    }

    private static string Escape(string text, Part part)
    {
        var output = new StringBuilder(text.Length + 8);
        foreach (var b in GoString.ToBytes(text))
        {
            if (ShouldEscape(b, part))
            {
                output.Append('%').Append(Convert.ToHexString([b]));
            }
            else
            {
                output.Append((char)b);
            }
        }

        return output.ToString();
    }

    private static bool ShouldEscape(byte b, Part part)
    {
        var c = (char)b;
        if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
        {
            return false;
        }

        return part switch
        {
            Part.Host => !"!$&'()*+,;=:[]<>\"".Contains(c, StringComparison.Ordinal),
            Part.Path => !"$&+,/:;=@".Contains(c, StringComparison.Ordinal),
            Part.UserPassword => !"$&+,;=".Contains(c, StringComparison.Ordinal),
            _ => !"$&+,/:;=?@!()*".Contains(c, StringComparison.Ordinal),
        };
    }
}
