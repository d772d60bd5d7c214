using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes.Client;

/// <summary>Sends requests to one API server: addresses, credentials, retries when the server asks for patience, and errors.</summary>
internal sealed class ApiTransport : IDisposable
{
    private const int MostRetries = 10;

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly TimeProvider _time;
    private readonly string? _impersonateUser;
    private readonly IReadOnlyList<string> _impersonateGroups;
    private readonly TokenSource _token;

    public ApiTransport(ClusterConnection connection, KubernetesClientOptions options)
    {
        _time = options.Time;
        _http = CreateHttp(connection, options);
        _ownsHttp = true;
        _token = new TokenSource(connection, options.Time);
        _impersonateUser = connection.ImpersonateUser;
        _impersonateGroups = connection.ImpersonateGroups;
    }

    private ApiTransport(ApiTransport parent, string user, IReadOnlyList<string> groups)
    {
        _time = parent._time;
        _http = parent._http;
        _token = parent._token;
        _impersonateUser = user;
        _impersonateGroups = groups;
    }

    /// <summary>The same connections, acting as somebody else.</summary>
    public ApiTransport Impersonating(string user, IReadOnlyList<string> groups) => new(this, user, groups);

    public async Task<MapValue> GetJsonAsync(string path, string accept, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, path, null, null, accept, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends and reads the whole answer. Throws <see cref="ApiException"/> when the server refuses.</summary>
    public async Task<MapValue> SendAsync(
        HttpMethod method,
        string path,
        byte[]? body,
        string? contentType,
        string accept,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var request = CreateRequest(method, path, body, contentType, accept);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return JsonReader.Read(bytes).Result as MapValue ?? new MapValue();
            }

            var error = ReadError(response, bytes);
            if (error.RetryAfter is { } wait && attempt < MostRetries
                && response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            throw error;
        }
    }

    /// <summary>Sends and answers the open response, for watches and logs. The caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string accept, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Get, path, null, null, accept);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            throw ReadError(response, bytes);
        }
    }

    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path, byte[]? body, string? contentType, string accept)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (_token.Header() is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (_impersonateUser is not null)
        {
            request.Headers.TryAddWithoutValidation("Impersonate-User", _impersonateUser);
            foreach (var group in _impersonateGroups)
            {
                request.Headers.TryAddWithoutValidation("Impersonate-Group", group);
            }
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType!);
        }

        return request;
    }

    private static ApiException ReadError(HttpResponseMessage response, byte[] bytes)
    {
        var status = bytes.Length > 0 && bytes[0] == (byte)'{' ? JsonReader.Read(bytes).Result as MapValue : null;
        var message = status?.GetString("message");
        if (string.IsNullOrEmpty(message))
        {
            message = response.StatusCode == HttpStatusCode.NotFound
                ? "the server could not find the requested resource"
                : $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}: {Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 500)).Trim()}";
        }

        var retry = response.Headers.RetryAfter?.Delta
            ?? (status?.GetMap("details")?.GetInt("retryAfterSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return new(response.StatusCode, status?.GetString("reason") ?? "", message, status, retry);
    }

    private static HttpClient CreateHttp(ClusterConnection connection, KubernetesClientOptions options)
    {
        var handler = options.Handler;
        if (handler is null)
        {
            var sockets = new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.GZip,
                MaxConnectionsPerServer = options.MaxConnections,
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
                ConnectTimeout = TimeSpan.FromSeconds(30),
                UseCookies = false,
            };
            var tls = new SslClientAuthenticationOptions { TargetHost = connection.TlsServerName };
            if (connection.ClientCertificate is { } certificate)
            {
                tls.ClientCertificates = [certificate];
                tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
            }

            if (connection.InsecureSkipTlsVerify)
            {
#pragma warning disable CA5359 // The kubeconfig says insecure-skip-tls-verify: the person who wrote it chose this.
                tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            }
            else if (connection.Authorities is { } authorities)
            {
                tls.RemoteCertificateValidationCallback = (_, presented, chain, errors) =>
                    (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
                    && Certificates.IsTrusted(presented, chain, authorities);
            }

            sockets.SslOptions = tls;
            handler = sockets;
        }

        var http = new HttpClient(handler, disposeHandler: options.Handler is null)
        {
            BaseAddress = connection.Server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", options.UserAgent);
        return http;
    }
}
