using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Sources.Buckets;

/// <summary>Signs requests as object storages ask for it (AWS Signature Version 4, for requests without a body).</summary>
public static class S3Signature
{
    /// <summary>The hash of no body.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The headers that a signed request has, <c>Authorization</c> last.</summary>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="url">The address, its path and query written with <see cref="Escape"/>.</param>
    /// <param name="region">The region of the bucket.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="time">When.</param>
    /// <param name="more">More headers that are signed, with names in small letters.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(
        string method, Uri url, string region, S3Credentials credentials, DateTimeOffset time, params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(credentials);
        var stamp = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = url.IsDefaultPort ? url.Host : url.Authority,
            ["x-amz-content-sha256"] = EmptyHash,
            ["x-amz-date"] = stamp,
        };
        foreach (var (name, value) in more)
        {
            headers[name] = value.Trim();
        }

        var names = string.Join(';', headers.Keys);
        var query = string.Join('&', url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static p => p.Contains('=', StringComparison.Ordinal) ? p : p + "=").Order(StringComparer.Ordinal));
        var request = $"{method}\n{url.AbsolutePath}\n{query}\n{string.Concat(headers.Select(static h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{EmptyHash}";
        var scope = $"{stamp[..8]}/{region}/s3/aws4_request";
        var text = $"{Algorithm}\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey);
        foreach (var part in (ReadOnlySpan<string>)[stamp[..8], region, "s3", "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return
        [
            .. headers.Where(static h => h.Key != "host"),
            new("Authorization", $"{Algorithm} Credential={credentials.AccessKey}/{scope},SignedHeaders={names},Signature={signature}"),
        ];
    }

    /// <summary>A text as it is written in addresses: all but unreserved letters as bytes, slashes kept when asked.</summary>
    public static string Escape(string text, bool keepsSlashes)
    {
        ArgumentNullException.ThrowIfNull(text);
        return keepsSlashes ? string.Join('/', text.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(text);
    }
}
