using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Weir.Controllers;

/// <summary>A small HTTP server for one purpose; it listens from <see cref="Start"/> on, until disposed.</summary>
internal sealed class HttpEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, CancellationToken, Task> _answer;
    private readonly string _prefix;

    /// <param name="address"><c>host:port</c>; without a host all addresses, with port 0 a free one.</param>
    /// <param name="answer">Answers one request; the response is closed afterwards.</param>
    public HttpEndpoint(string address, Func<HttpListenerContext, CancellationToken, Task> answer)
    {
        _answer = answer;
        var colon = address.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue)
        {
            throw new ArgumentException($"'{address}' is no address; it is written as HOST:PORT or :PORT", nameof(address));
        }

        var host = address[..colon];
        if (port == 0)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var isEverywhere = host is "" or "0.0.0.0" or "[::]";
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{(isEverywhere ? "127.0.0.1" : host)}:{port}/"));
        _prefix = string.Create(CultureInfo.InvariantCulture, $"http://{(isEverywhere ? "*" : host)}:{port}/");
    }

    /// <summary>Where this machine reaches the server.</summary>
    public Uri Address { get; }

    /// <summary>Takes the address. Throws <see cref="HttpListenerException"/> when another has it.</summary>
    public void Start()
    {
        _listener.Prefixes.Add(_prefix);
        _listener.Start();
    }

    /// <summary>Answers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stop = cancellationToken.Register(_listener.Stop);
        await using (stop.ConfigureAwait(false))
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync().ConfigureAwait(false);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }

                _ = Task.Run(() => AnswerAsync(context, cancellationToken), CancellationToken.None);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            _listener.Close();
        }
        catch (HttpListenerException)
        {
            // It was stopped, and somebody else has the port already: closing opens it once more to take the address off.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        using var response = context.Response;
        try
        {
            await _answer(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away, or this one stops.
        }
    }
}
