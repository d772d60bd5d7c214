using System.Globalization;
using System.Net;
using Weir.Sources.Artifacts;

namespace Weir.Controllers;

/// <summary>Serves the artifact store over HTTP until the artifact listener of the sources room takes over.</summary>
internal sealed class ArtifactFileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ArtifactStore _store;

    public ArtifactFileServer(ArtifactStore store, string address)
    {
        _store = store;
        var (host, port) = Split(address);
        if (port == 0)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}/"));
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
    }

    public Uri Address { get; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(_listener.Stop);
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

            _ = Task.Run(() => AnswerAsync(context), CancellationToken.None);
        }
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        try
        {
            var path = Uri.UnescapeDataString(context.Request.Url?.AbsolutePath.TrimStart('/') ?? "");
            var file = path.Length == 0 ? null : _store.Open(path);
            if (file is null)
            {
                response.StatusCode = 404;
                return;
            }

            using (file)
            {
                response.ContentLength64 = file.Length;
                await file.CopyToAsync(response.OutputStream).ConfigureAwait(false);
            }
        }
        catch (ArgumentException)
        {
            response.StatusCode = 404;
        }
        catch (Exception e) when (e is HttpListenerException or IOException)
        {
            // The other side went away.
        }
    }

    private static (string Host, int Port) Split(string address)
    {
        var colon = address.LastIndexOf(':');
        var host = colon <= 0 ? "127.0.0.1" : address[..colon];
        return (host, int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture));
    }
}
