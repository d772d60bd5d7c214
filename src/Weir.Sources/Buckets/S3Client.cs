using System.Net;
using System.Xml;
using System.Xml.Linq;
using Weir.Sources.Http;

namespace Weir.Sources.Buckets;

/// <summary>Reads buckets by the S3 protocol. Safe to call from many threads.</summary>
public sealed class S3Client(HttpClients http, TimeProvider time)
{
    /// <summary>Largest object.</summary>
    public const long MaxObjectBytes = 512L * 1024 * 1024;

    private const long MaxListBytes = 16L * 1024 * 1024;
    private const int MaxPages = 10_000;

    /// <summary>False when there is no such bucket.</summary>
    /// <exception cref="SourceException">The storage cannot be reached or refuses.</exception>
    public async Task<bool> ExistsAsync(S3Bucket bucket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        using var response = await SendAsync(bucket, HttpMethod.Head, "", "", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        return response.IsSuccessStatusCode ? true : throw await RefusedAsync(response, cancellationToken);
    }

    /// <summary>All objects whose key begins with a prefix, page by page.</summary>
    /// <exception cref="SourceException">The bucket cannot be read.</exception>
    public async Task<IReadOnlyList<S3Object>> ListAsync(S3Bucket bucket, string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        var found = new List<S3Object>();
        var next = "";
        for (var i = 0; i < MaxPages; i++)
        {
            var query = (next.Length > 0 ? $"continuation-token={S3Signature.Escape(next, keepsSlashes: false)}&" : "")
                + $"list-type=2&max-keys=1000&prefix={S3Signature.Escape(prefix, keepsSlashes: false)}";
            using var response = await SendAsync(bucket, HttpMethod.Get, "", query, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusedAsync(response, cancellationToken);
            }

            var page = Parse(await HttpClients.ReadAsync(response, MaxListBytes, cancellationToken));
            foreach (var item in Children(page, "Contents"))
            {
                found.Add(new(Text(item, "Key"), Text(item, "ETag").Trim('"')));
            }

            next = Text(page, "NextContinuationToken");
            if (Text(page, "IsTruncated") != "true" || next.Length == 0)
            {
                return found;
            }
        }

        throw new SourceException($"the bucket has more than {MaxPages} pages of objects", SourceFailure.TooLarge);
    }

    /// <summary>An object with the tag of what was read; <see langword="null"/> when it is not there.</summary>
    /// <exception cref="SourceException">It cannot be read.</exception>
    public async Task<(byte[] Content, string Tag)?> FindAsync(S3Bucket bucket, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        using var response = await SendAsync(bucket, HttpMethod.Get, key, "", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw await RefusedAsync(response, cancellationToken);
        }

        return (await HttpClients.ReadAsync(response, MaxObjectBytes, cancellationToken), response.Headers.ETag?.Tag.Trim('"') ?? "");
    }

    private async Task<HttpResponseMessage> SendAsync(S3Bucket bucket, HttpMethod method, string key, string query, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, bucket.UrlOf(key, query));
        if (bucket.Credentials is { } credentials)
        {
            foreach (var (name, value) in S3Signature.Sign(method.Method, message.RequestUri!, bucket.Region, credentials, time.GetUtcNow()))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await http.SendAsync(message, bucket.Access, cancellationToken);
    }

    private static async Task<SourceException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var failure = HttpClients.FailureOf(response.StatusCode);
        var body = response.RequestMessage!.Method == HttpMethod.Head ? [] : await HttpClients.ReadAsync(response, MaxListBytes, cancellationToken);
        string message;
        try
        {
            message = body.Length > 0 ? Text(Parse(body), "Message") : "";
        }
        catch (SourceException)
        {
            message = "";
        }

        return new SourceException(
            message.Length > 0 ? message : response.StatusCode == HttpStatusCode.Forbidden ? "Access Denied." : $"{(int)response.StatusCode} {response.ReasonPhrase}", failure);
    }

    private static XElement Parse(byte[] content)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new SourceException($"the storage's answer is no XML: {e.Message}", SourceFailure.Damaged, e);
        }
    }

    private static IEnumerable<XElement> Children(XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);

    private static string Text(XElement parent, string name) => Children(parent, name).FirstOrDefault()?.Value ?? "";
}
