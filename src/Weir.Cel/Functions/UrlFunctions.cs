using System.Text;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>URLs as Go reads them.</summary>
internal static class UrlFunctions
{
    private static readonly CelType Text = CelType.String;

    public static CelFunction[] All { get; } =
    [
        new("url", Global("string_to_url", [Text], CelUrl.UrlType, a => Read(((StringValue)a[0]).Value))),
        new("isURL", Global("is_url_string", [Text], CelType.Bool, a => BoolValue.Of(GoUrl.ParseRequest(((StringValue)a[0]).Value, out _) is not null))),
        Part("getScheme", "url_get_scheme", u => u.Scheme),
        Part("getHost", "url_get_host", u => u.Host),
        Part("getHostname", "url_get_hostname", u => u.HostName),
        Part("getPort", "url_get_port", u => u.Port),
        Part("getEscapedPath", "url_get_escaped_path", u => u.EscapedPath()),
        new("getQuery", Member("url_get_query", [CelUrl.UrlType], CelType.Map(Text, CelType.List(Text)), a => Query(((CelUrl)a[0]).Url.Query))),
    ];

    private static CelFunction Part(string name, string id, Func<GoUrl, string> part) =>
        new(name, Member(id, [CelUrl.UrlType], Text, a => new StringValue(part(((CelUrl)a[0]).Url))));

    private static Value Read(string text) =>
        GoUrl.ParseRequest(text, out var error) is not null && GoUrl.Parse(text, out error) is { } url
            ? new CelUrl(url)
            : new CelError($"URL parse error during conversion from string: {error}");

    /// <summary>The values of each key. What is malformed is left out.</summary>
    private static MapValue Query(string query)
    {
        var values = new MapValue();
        foreach (var part in query.Split('&'))
        {
            if (part.Length == 0 || part.Contains(';', StringComparison.Ordinal))
            {
                continue;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (Unescape(equals < 0 ? part : part[..equals]) is not { } key || Unescape(equals < 0 ? "" : part[(equals + 1)..]) is not { } value)
            {
                continue;
            }

            if (values[key] is not ListValue list)
            {
                values[key] = list = [];
            }

            list.Add(value);
        }

        return values;
    }

    private static string? Unescape(string text)
    {
        if (text.IndexOfAny(['%', '+']) < 0)
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                bytes[length++] = bytes[i] == '+' ? (byte)' ' : bytes[i];
                continue;
            }

            if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                return null;
            }

            bytes[length++] = Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0];
            i += 2;
        }

        return GoString.FromBytes(bytes.AsSpan(0, length));
    }
}
