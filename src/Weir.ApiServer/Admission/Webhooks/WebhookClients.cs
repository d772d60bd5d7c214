using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.ApiServer.Admission;

/// <summary>HTTP clients for webhooks, one for each authority and place. What they read is bounded.</summary>
internal sealed class WebhookClients : IDisposable
{
    private const int MaxAnswer = 8 * 1024 * 1024;

    private readonly ConcurrentDictionary<(string Host, int Port, string Authority), HttpClient> _clients = new();

    public HttpClient For(WebhookAddress address, string authority) =>
        _clients.GetOrAdd((address.Host, address.Port, authority), static key => Create(key.Host, key.Port, key.Authority));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static HttpClient Create(string host, int port, string authority)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(host.Trim('[', ']'), port, cancellation).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (authority.Length > 0)
        {
            var roots = Roots(authority);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                IsTrusted(certificate as X509Certificate2, chain, errors, roots);
        }

        return new HttpClient(handler) { MaxResponseContentBufferSize = MaxAnswer, Timeout = Timeout.InfiniteTimeSpan };
    }

    private static X509Certificate2Collection Roots(string authority)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(authority)));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            throw new WebhookFailure("could not get REST client: unable to load root certificates: unable to parse bytes as PEM block", exception);
        }

        return roots;
    }

    private static bool IsTrusted(X509Certificate2? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (certificate is null || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (sent is not null)
        {
            foreach (var element in sent.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(certificate);
    }
}
