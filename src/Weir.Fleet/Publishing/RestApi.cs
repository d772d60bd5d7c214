using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Polly;
using Polly.Retry;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet.Publishing;

/// <summary>
/// A JSON API over HTTP: lists page by page, repeats what may be repeated, waits as long as the server asks for. No message
/// holds the token, whatever the server answers.
/// </summary>
internal sealed class RestApi : IDisposable
{
    private const int Attempts = 5;
    private const int MostPages = 1_000;
    private const int LongestAnswer = 256 * 1024 * 1024;

    /// <summary>A server that asks for more patience than this is not waited for: the job would run out of its time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly ApiHost _host;
    private readonly TimeProvider _time;

    public RestApi(ApiHost host, HttpMessageHandler? handler, TimeProvider time)
    {
        _host = host;
        _time = time;

        // A header with a token must not follow a redirect to somewhere else.
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(30) }, handler is null)
        {
            BaseAddress = host.Root,
            Timeout = TimeSpan.FromSeconds(100),
            MaxResponseContentBufferSize = LongestAnswer,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new("weir", null));
        foreach (var (name, value) in host.Headers)
        {
            if (!_client.DefaultRequestHeaders.TryAddWithoutValidation(name, value) || value.AsSpan().ContainsAny("\r\n\0"))
            {
                throw new PublishException($"the token of {host.TokenName} holds characters that no token has, such as a line break; set it again");
            }
        }

        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(30),
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(IsWorthAnotherTry(args.Outcome, args.Context)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? WaitOf(answer) : null),
                OnRetry = static args =>
                {
                    args.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Sends a request that may be repeated, and answers the JSON of a success.</summary>
    /// <exception cref="PublishException">The server cannot be reached or refuses.</exception>
    public Task<Value?> SendAsync(HttpMethod method, string path, MapValue? body, CancellationToken cancellationToken) =>
        SendAsync(method, path, body, isRepeatable: true, cancellationToken);

    /// <summary>Sends a request that makes something new, so it is repeated only when the server surely did nothing.</summary>
    /// <exception cref="PublishException">As above; <see cref="PublishException.IsOutcomeUnknown"/> when it may be there all the same.</exception>
    public Task<Value?> CreateAsync(string path, MapValue body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, isRepeatable: false, cancellationToken);

    /// <summary>All items of a list that is answered in pages.</summary>
    public async IAsyncEnumerable<MapValue> ListAsync(string path, string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 0; page < MostPages; page++)
        {
            using var response = await ExchangeAsync(HttpMethod.Get, $"{path}?{query}", null, isRepeatable: true, cancellationToken).ConfigureAwait(false);
            foreach (var item in await ReadAsync(response, cancellationToken).ConfigureAwait(false) as ListValue ?? [])
            {
                if (item is MapValue map)
                {
                    yield return map;
                }
            }

            // Of the address of the next page only the query is taken: the token goes nowhere but to the address we were given.
            if (NextQuery(response) is not { } next || next == query)
            {
                yield break;
            }

            query = next;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<Value?> SendAsync(HttpMethod method, string path, MapValue? body, bool isRepeatable, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(method, path, body, isRepeatable, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpMethod method, string path, MapValue? body, bool isRepeatable, CancellationToken cancellationToken)
    {
        var what = $"{method} {path.Split('?')[0]}";
        var content = body is null ? null : JsonWriter.WriteUtf8(body);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Repeatable, isRepeatable);
        HttpResponseMessage response;
        try
        {
            response = await _pipeline.ExecuteAsync(async c =>
            {
                using var request = new HttpRequestMessage(method, path);
                if (content is not null)
                {
                    request.Content = new ByteArrayContent(content) { Headers = { ContentType = new("application/json") } };
                }

                return await _client.SendAsync(request, c.CancellationToken).ConfigureAwait(false);
            }, context).ConfigureAwait(false);
        }
        catch (Exception e) when (IsCut(e, cancellationToken))
        {
            throw new PublishException(Clean($"{_host.Name} at {_host.Root} cannot be reached ({what}): {Cause(e)}; {_host.ReachRemedy}"), e) { IsOutcomeUnknown = !isRepeatable };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var status = (int)response.StatusCode;
            var said = await SaidAsync(response, cancellationToken).ConfigureAwait(false);
            throw new PublishException(Clean($"{_host.Name} answered {status} to {what}{(said.Length > 0 ? $" ({said})" : "")}: {Remedy(response)}"))
            {
                Status = status,
                IsOutcomeUnknown = !isRepeatable && status >= 500,
            };
        }
    }

    private static readonly ResiliencePropertyKey<bool> Repeatable = new("repeatable");

    private bool IsWorthAnotherTry(Outcome<HttpResponseMessage> outcome, ResilienceContext context)
    {
        var isRepeatable = context.Properties.GetValue(Repeatable, true);
        if (outcome.Exception is { } error)
        {
            return isRepeatable && IsCut(error, context.CancellationToken);
        }

        var answer = outcome.Result!;
        var status = (int)answer.StatusCode;
        var isMeantToBeRepeated = status is 409 or 429 || (status == 403 && IsLimited(answer)) || (status is 408 or >= 500 && isRepeatable);
        return isMeantToBeRepeated && !(WaitOf(answer) > LongestWait);
    }

    // GitHub's limits answer 403 too, with one of these headers.
    private static bool IsLimited(HttpResponseMessage answer) => answer.Headers.RetryAfter is not null || Header(answer, "x-ratelimit-remaining") == "0";

    private TimeSpan? WaitOf(HttpResponseMessage answer)
    {
        var wait = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => Header(answer, "x-ratelimit-remaining") == "0" && long.TryParse(Header(answer, "x-ratelimit-reset"), out var reset) && reset < 253_402_300_799
                ? DateTimeOffset.FromUnixTimeSeconds(reset) - _time.GetUtcNow()
                : (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private string Remedy(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        429 or 403 when IsLimited(response) => WaitOf(response) is { } wait
            ? $"its rate limit is reached, and it asks to wait {wait.TotalSeconds:0} seconds; run the job again then"
            : "its rate limit is reached; run the job again later",
        429 => "its rate limit is reached; run the job again later",
        >= 300 and < 400 => $"it redirects to {Place(response)}; correct {_host.RootName}",
        >= 500 => "the server has a problem; run the job again later",
        var status => _host.Remedy(status),
    };

    private static string Place(HttpResponseMessage response) =>
        response.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.ToString().Split('?')[0]) : "another address";

    private async Task<Value?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var parsed = JsonReader.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return parsed.Result ?? (response.StatusCode == HttpStatusCode.NoContent
            ? null
            : throw new PublishException($"{_host.Name} at {_host.Root} answered something else than JSON; correct {_host.RootName}"));
    }

    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (JsonReader.Read(text).Result is not MapValue map)
        {
            return "";
        }

        var said = (map["message"] ?? map["error"]) switch { StringValue s => s.Value, { } other => JsonWriter.Write(other), null => "" };
        if (map["errors"] is { } errors)
        {
            said += " " + JsonWriter.Write(errors);
        }

        said = VisibleText.Of(said.ReplaceLineEndings(" ").Trim());
        return said.Length > 300 ? said[..300] + "…" : said;
    }

    private static string? NextQuery(HttpResponseMessage response)
    {
        foreach (var part in response.Headers.TryGetValues("Link", out var values) ? string.Join(',', values).Split(",", StringSplitOptions.TrimEntries) : [])
        {
            var end = part.IndexOf('>', StringComparison.Ordinal);
            if (part.StartsWith('<') && end > 0 && part[end..].Contains("rel=\"next\"", StringComparison.Ordinal) && part[..end].IndexOf('?', StringComparison.Ordinal) is > 0 and var mark)
            {
                return part[(mark + 1)..end];
            }
        }

        return null;
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static bool IsCut(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Cause(Exception e) => e is OperationCanceledException ? "no answer in time" : (e.InnerException ?? e).Message;

    private string Clean(string text) => text.Replace(_host.Token, "***", StringComparison.Ordinal);
}
