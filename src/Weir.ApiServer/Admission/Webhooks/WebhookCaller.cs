using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>Asks one webhook about one request.</summary>
internal sealed class WebhookCaller : IDisposable
{
    private const int MaxShown = 2_048;

    private readonly WebhookClients _clients = new();

    /// <summary>The answer; throws <see cref="WebhookFailure"/> when there is none that counts.</summary>
    public async Task<WebhookAnswer> CallAsync(Webhook webhook, WebhookAddress address, AdmissionRequest request, CancellationToken cancellation)
    {
        if (request.IsDryRun && !webhook.MayRunDry)
        {
            throw ApiStatus.BadRequest($"admission webhook {ApiStatus.Quote(webhook.Name)} does not support dry run").ToException();
        }

        if (webhook.ReviewVersion.Length == 0)
        {
            throw new WebhookFailure("could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)");
        }

        var uid = Guid.NewGuid().ToString();
        var body = JsonEncoder.Encode(WebhookReview.Request(request, webhook.ReviewVersion, uid));
        var answer = await PostAsync(webhook, address, body, cancellation).ConfigureAwait(false);
        var review = JsonDecoder.Decode(answer, out var error) as MapValue
            ?? throw new WebhookFailure($"failed to call webhook: {error ?? "couldn't get version/kind; json parse error: json: cannot unmarshal into Go value"}");
        return WebhookReview.Answer(review, webhook, uid);
    }

    public void Dispose() => _clients.Dispose();

    private async Task<byte[]> PostAsync(Webhook webhook, WebhookAddress address, byte[] body, CancellationToken cancellation)
    {
        var url = string.Create(
            CultureInfo.InvariantCulture, $"{address.Text}{(address.Text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}timeout={(int)webhook.Timeout.TotalSeconds}s");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(webhook.Timeout);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        message.Headers.Add("Accept", "application/json, */*");
        message.Headers.Add("User-Agent", "kube-apiserver-admission");
        try
        {
            var client = _clients.For(address, webhook.Client.GetString("caBundle") ?? "");
            using var response = await client.SendAsync(message, limit.Token).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return (int)response.StatusCode is >= 200 and <= 206 ? answer : throw new WebhookFailure($"failed to call webhook: {Refusal(response.StatusCode, answer)}");
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new WebhookFailure($"failed to call webhook: Post \"{url}\": context deadline exceeded", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new WebhookFailure($"failed to call webhook: Post \"{url}\": {Reason(exception, address)}", exception);
        }
    }

    private static string Reason(HttpRequestException exception, WebhookAddress address)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return string.Create(CultureInfo.InvariantCulture, $"dial tcp {(address.Host == "localhost" ? "127.0.0.1" : address.Host)}:{address.Port}: connect: connection refused");
                case AuthenticationException:
                    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return "EOF";
            }
        }

        return exception.Message;
    }

    /// <summary>An answer that is no success, as client-go words it.</summary>
    private static string Refusal(HttpStatusCode code, byte[] answer)
    {
        var text = System.Text.Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, MaxShown))).Trim();
        return code switch
        {
            HttpStatusCode.NotFound => "the server could not find the requested resource",
            HttpStatusCode.Unauthorized => "the server has asked for the client to provide credentials",
            HttpStatusCode.MethodNotAllowed => "the server does not allow this method on the requested resource",
            HttpStatusCode.ServiceUnavailable => "the server is currently unable to handle the request",
            HttpStatusCode.TooManyRequests => "the server has received too many requests and has asked us to try again later",
            HttpStatusCode.Forbidden => text.Length == 0 ? "unknown" : text,
            HttpStatusCode.BadRequest => "the server rejected our request for an unknown reason",
            >= HttpStatusCode.InternalServerError => $"an error on the server ({ApiStatus.Quote(text.Length == 0 ? "unknown" : text)}) has prevented the request from succeeding",
            _ => $"the server responded with the status code {(int)code} but did not return more information",
        };
    }
}
