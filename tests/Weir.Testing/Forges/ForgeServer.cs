using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Testing.Forges;

/// <summary>
/// A server on this machine that holds requests strictly against the published shapes of an API, keeps what it was told, and
/// fails when asked to.
/// </summary>
public abstract class ForgeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<Fault> _faults = [];
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly ConcurrentQueue<string> _violations = [];
    private readonly Task _serving;

    private protected ForgeServer(string token)
    {
        Token = token;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    /// <summary>Its root, with a slash at its end.</summary>
    public Uri Address { get; }

    public string Token { get; }

    /// <summary>How many items a page of a list has at most, whatever is asked for.</summary>
    public int PageLimit { get; set; } = 100;

    /// <summary>The requests so far, as <c>POST /path</c>, without queries.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Where a request departed from what the API's documentation says.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Answers the next request whose method and path start so with a failure.</summary>
    public void Fail(string start, int status, string message = "no", params (string Name, string Value)[] headers) =>
        _faults.Enqueue(new(start, status, message, headers, IsDone: false));

    /// <summary>Cuts the connection of the next request whose method and path start so, before or after doing what it asks.</summary>
    public void Cut(string start, bool isDone = false) => _faults.Enqueue(new(start, 0, "", [], isDone));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The answer to a request; a status of 0 for an unknown path.</summary>
    private protected abstract Answer Handle(Call call);

    private protected void Require(bool condition, string violation)
    {
        if (!condition)
        {
            _violations.Enqueue(violation);
        }
    }

    /// <summary>One page of a list, with the links to the next as the forge writes them.</summary>
    private protected Answer Page(Call call, IReadOnlyList<JsonNode> items)
    {
        var size = Math.Min(PageLimit, int.Parse(call.Query("per_page") ?? "20", CultureInfo.InvariantCulture));
        var page = int.Parse(call.Query("page") ?? "1", CultureInfo.InvariantCulture);
        var list = new JsonArray([.. items.Skip((page - 1) * size).Take(size).Select(static i => i.DeepClone())]);
        return page * size >= items.Count
            ? new(200, list)
            : new(200, list) { Headers = [("Link", $"<{LinkRoot}{call.Path.TrimStart('/')}?per_page={size}&page={page + 1}>; rel=\"next\", <{LinkRoot}{call.Path.TrimStart('/')}?per_page={size}&page=99>; rel=\"last\"")] };
    }

    /// <summary>The address in links of lists: another one than ours, as behind a proxy, to which no request may go.</summary>
    private static string LinkRoot => "http://192.0.2.1/";

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_end.Token);
                try
                {
                    using var stream = new NetworkStream(socket);
                    if (await Call.ReadAsync(stream, _end.Token) is { } call && Answered(call) is { } answer)
                    {
                        await WriteAsync(stream, answer, _end.Token);
                        socket.Shutdown(SocketShutdown.Send);
                    }
                    else
                    {
                        socket.LingerState = new LingerOption(true, 0);
                    }
                }
                catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
                {
                    _violations.Enqueue(e.ToString());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>The answer; <see langword="null"/> cuts the connection.</summary>
    private Answer? Answered(Call call)
    {
        var line = $"{call.Method} {call.Path}";
        _calls.Enqueue(line);
        if (_faults.TryPeek(out var fault) && line.StartsWith(fault.Start, StringComparison.Ordinal) && _faults.TryDequeue(out _))
        {
            if (fault.IsDone)
            {
                Handle(call);
            }

            return fault.Status == 0 ? null : new(fault.Status, new JsonObject { ["message"] = fault.Message }) { Headers = fault.Headers };
        }

        var answer = Handle(call);
        if (answer.Status == 0)
        {
            _violations.Enqueue($"there is no {line}");
            return new(404, new JsonObject { ["message"] = "404 Not Found" });
        }

        return answer;
    }

    private static async Task WriteAsync(NetworkStream stream, Answer answer, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer.Body);
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} Status\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
        await stream.WriteAsync(body, cancellationToken);
    }

    private sealed record Fault(string Start, int Status, string Message, (string Name, string Value)[] Headers, bool IsDone);

    private protected sealed record Answer(int Status, JsonNode? Body)
    {
        public (string Name, string Value)[] Headers { get; init; } = [];
    }

    /// <summary>A request with its body read.</summary>
    private protected sealed record Call(string Method, string Path, IReadOnlyDictionary<string, string> Queries, IReadOnlyDictionary<string, string> Headers, JsonObject? Body)
    {
        public string? Query(string name) => Queries.GetValueOrDefault(name);

        public string? Header(string name) => Headers.GetValueOrDefault(name);

        /// <summary>Reads a request; <see langword="null"/> when nothing is asked.</summary>
        public static async Task<Call?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
        {
            var bytes = new List<byte>();
            var one = new byte[1];
            while (!(bytes.Count > 3 && bytes[^1] == '\n' && bytes[^3] == '\n'))
            {
                if (await stream.ReadAsync(one, cancellationToken) == 0)
                {
                    return null;
                }

                bytes.Add(one[0]);
            }

            var lines = Encoding.ASCII.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var headers = lines.Skip(1).Select(static l => l.Split(": ", 2)).ToDictionary(static l => l[0], static l => l[1], StringComparer.OrdinalIgnoreCase);
            var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, cancellationToken);
            var target = lines[0].Split(' ')[1].Split('?', 2);
            var queries = (target.Length > 1 ? target[1] : "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static q => q.Split('=', 2))
                .ToDictionary(static q => Uri.UnescapeDataString(q[0]), static q => Uri.UnescapeDataString(q[1]));
            return new(lines[0].Split(' ')[0], target[0], queries, headers, body.Length == 0 ? null : JsonNode.Parse(body) as JsonObject);
        }
    }
}
