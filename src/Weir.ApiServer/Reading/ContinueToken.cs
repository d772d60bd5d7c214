using System.Buffers.Text;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>Where a paged list goes on, and at which version. A version of -1 asks for the newest state (after the old one expired).</summary>
internal sealed record ContinueToken(long ResourceVersion, string Namespace, string Name)
{
    public string Encode() => Base64Url.EncodeToString(JsonEncoder.Encode(new MapValue
    {
        ["v"] = "meta.k8s.io/v1",
        ["rv"] = ResourceVersion,
        ["start"] = Namespace.Length == 0 ? $"{Name}\0" : $"{Namespace}/{Name}\0",
    }));

    public static ContinueToken Decode(string text)
    {
        byte[] json;
        try
        {
            json = Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            throw Invalid("invalid character 'x' looking for beginning of value");
        }

        if (JsonDecoder.Decode(json, out var error) is not MapValue token)
        {
            throw Invalid(error ?? "unexpected end of JSON input");
        }

        if (token.GetString("v") != "meta.k8s.io/v1")
        {
            throw ApiStatus.BadRequest($"invalid continue token: continue key is not valid: server does not recognize this encoded version {GoQuote.Quote(token.GetString("v") ?? "")}").ToException();
        }

        var start = (token.GetString("start") ?? "").TrimEnd('\0');
        var slash = start.IndexOf('/', StringComparison.Ordinal);
        if (start.Length == 0 || token.GetInt("rv") is not { } version)
        {
            throw ApiStatus.BadRequest("invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)").ToException();
        }

        return new(version, slash < 0 ? "" : start[..slash], start[(slash + 1)..]);
    }

    private static Exception Invalid(string why) =>
        ApiStatus.BadRequest($"invalid continue token: continue key is not valid: {why}").ToException();
}
