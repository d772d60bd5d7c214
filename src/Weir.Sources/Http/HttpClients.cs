using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Weir.Sources.Http;

/// <summary>
/// HTTP for sources: one pool of connections for each kind of access, sizes bounded, errors in Go's words. Redirects are
/// followed without credentials. Safe to call from many threads.
/// </summary>
public sealed class HttpClients : IDisposable
{
    private const int PieceSize = 81_920;

    private readonly ConcurrentDictionary<HttpAccess, Lazy<HttpClient>> _clients = new();

    /// <summary>The body of a successful answer.</summary>
    /// <exception cref="SourceException">The server cannot be reached, refuses, or sends too much.</exception>
    public async Task<byte[]> GetAsync(Uri url, HttpAccess access, long maxBytes, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = Authorization(access);
        using var response = await SendAsync(request, access, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new SourceException($"failed to fetch {url} : {StatusLine(response)}", FailureOf(response.StatusCode));
        }

        return await ReadAsync(response, maxBytes, cancellationToken);
    }

    /// <summary>Sends a request and answers when the headers are there, whatever the status is.</summary>
    /// <exception cref="SourceException">The server cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpAccess access, CancellationToken cancellationToken)
    {
        try
        {
            return await ClientFor(access).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new SourceException(GoTransportError.Describe(request.Method, request.RequestUri!, e), SourceFailure.Unreachable, e);
        }
        catch (CryptographicException e)
        {
            throw new SourceException($"the certificates for {request.RequestUri!.Host} cannot be used: {e.Message}", SourceFailure.InvalidRequest, e);
        }
    }

    /// <summary>The body of an answer, up to a size.</summary>
    /// <exception cref="SourceException">It is larger, or the connection breaks.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, long maxBytes, CancellationToken cancellationToken)
    {
        var url = response.RequestMessage!.RequestUri!;
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLarge(url, maxBytes);
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var content = new MemoryStream((int)Math.Min(response.Content.Headers.ContentLength ?? PieceSize, int.MaxValue));
            var piece = new byte[PieceSize];
            while (await body.ReadAsync(piece, cancellationToken) is var count and > 0)
            {
                if (content.Length + count > maxBytes)
                {
                    throw TooLarge(url, maxBytes);
                }

                content.Write(piece, 0, count);
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SourceException($"the answer of {url} broke off: {e.Message}", SourceFailure.Unreachable, e);
        }
    }

    /// <summary><c>404 Not Found</c>, as Go shows a status.</summary>
    public static string StatusLine(HttpResponseMessage response) =>
        string.IsNullOrEmpty(response.ReasonPhrase) ? $"{(int)response.StatusCode}" : $"{(int)response.StatusCode} {response.ReasonPhrase}";

    public static SourceFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => SourceFailure.Unauthorized,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => SourceFailure.NotFound,
        _ => SourceFailure.Unreachable,
    };

    /// <summary>The header for these credentials; <see langword="null"/> without any.</summary>
    public static AuthenticationHeaderValue? Authorization(HttpAccess access) => access switch
    {
        { BearerToken: { } token } => new("Bearer", token),
        { Username: { } user } => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{access.Password}"))),
        _ => null,
    };

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            if (client.IsValueCreated)
            {
                client.Value.Dispose();
            }
        }
    }

    private HttpClient ClientFor(HttpAccess access) =>
        _clients.GetOrAdd(access.Connection(), static key => new Lazy<HttpClient>(() => Create(key))).Value;

    private static HttpClient Create(HttpAccess access)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
            UseCookies = false,
            UseProxy = access.Proxy is not null,
        };
        if (access.Proxy is { } address)
        {
            var url = new Uri(address);
            var user = url.UserInfo.Split(':', 2);
            handler.Proxy = new WebProxy(new UriBuilder(url) { UserName = "", Password = "" }.Uri);
            if (user[0].Length > 0)
            {
                handler.Proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
            }
        }

        if (access is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            // Only a key from a PKCS #12 store can be used for TLS on every platform.
            using var pem = X509Certificate2.CreateFromPem(certificate, key);
            handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)];
        }

        if (access.SkipsVerification)
        {
#pragma warning disable CA5359 // The user asks for it, by a field named so.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (access.CertificateAuthority is { } authority)
        {
            var own = new X509Certificate2Collection();
            own.ImportFromPem(authority);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(own, certificate, chain, errors);
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>A certificate that the system does not know may come from one of our own authorities; its name must be right in any case.</summary>
    private static bool IsTrusted(X509Certificate2Collection own, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        for (var i = 0; i < (sent?.ChainElements.Count ?? 0); i++)
        {
            chain.ChainPolicy.ExtraStore.Add(sent!.ChainElements[i].Certificate);
        }

        using var leaf = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        return chain.Build(leaf);
    }

    private static SourceException TooLarge(Uri url, long maxBytes) =>
        new($"the answer of {url} is larger than {maxBytes} bytes", SourceFailure.TooLarge);
}
