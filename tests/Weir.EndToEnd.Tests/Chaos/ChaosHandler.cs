using System.Net;
using System.Net.Security;
using System.Text;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>
/// Stands between an engine and the API: answers with errors, cuts connections before or after the server has done its work, is slow,
/// and, once killed, lets nothing through any more, which is all that the cluster sees of a process that dies.
/// </summary>
internal sealed class ChaosHandler : DelegatingHandler
{
    private readonly ChaosDice _dice;
    private int _left = int.MaxValue;

    public ChaosHandler(ChaosDice dice)
        : base(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
#pragma warning disable CA5359 // The test's own server, in this process.
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            MaxConnectionsPerServer = 256,
        }) => _dice = dice;

    /// <summary>Completes when the engine is dead.</summary>
    public TaskCompletionSource Killed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Kills after so many more requests.</summary>
    public void KillAfter(int requests) => Volatile.Write(ref _left, requests);

    public void Kill()
    {
        Volatile.Write(ref _left, 0);
        Killed.TrySetResult();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var left = Interlocked.Decrement(ref _left);
        if (left < 0)
        {
            Kill();
            throw new HttpRequestException("the engine is dead");
        }

        if (left == 0)
        {
            // The last request is done, and its answer lost.
            (await base.SendAsync(request, cancellationToken)).Dispose();
            Kill();
            throw new HttpRequestException("the engine is dead");
        }

        var isRead = request.Method == HttpMethod.Get;
        switch (_dice.Disturbance(8))
        {
            case 0:
                return Answer(request, HttpStatusCode.TooManyRequests, "TooManyRequests", "0");
            case 1:
                return Answer(request, HttpStatusCode.InternalServerError, "InternalError", null);
            case 2 when !isRead:
                return Answer(request, HttpStatusCode.Conflict, "Conflict", null);
            case 2 when request.RequestUri!.Query.Contains("limit=", StringComparison.Ordinal) || request.RequestUri.Query.Contains("watch=", StringComparison.Ordinal):
                return Answer(request, HttpStatusCode.Gone, "Expired", null);
            case 3:
                throw new HttpRequestException("connection refused");
            case 4:
                (await base.SendAsync(request, cancellationToken)).Dispose();
                throw new HttpRequestException("connection reset by peer");
            case 5:
                await Task.Delay(_dice.Next(20, 300), cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            case 6:
                return Answer(request, HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "0");
            case 7:
                var response = await base.SendAsync(request, cancellationToken);
                response.Content = new CutContent(response.Content, _dice.Next(1, 4000));
                return response;
            default:
                return await base.SendAsync(request, cancellationToken);
        }
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode code, string reason, string? retryAfter)
    {
        var response = new HttpResponseMessage(code)
        {
            RequestMessage = request,
            Content = new StringContent(
                $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"chaos","code":{{(int)code}}}""", Encoding.UTF8, "application/json"),
        };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }
}
