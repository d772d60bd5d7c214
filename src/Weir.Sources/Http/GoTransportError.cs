using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Weir.Sources.Http;

/// <summary>Failures of a connection in the words of Go's <c>net/http</c>, which statuses of Flux show.</summary>
public static class GoTransportError
{
    /// <summary><c>Get "URL": dial tcp HOST:PORT: connect: connection refused</c> and its like.</summary>
    public static string Describe(HttpMethod method, Uri url, Exception failure)
    {
        var verb = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(method.Method.ToLowerInvariant());
        return $"{verb} \"{url.OriginalString}\": {Cause(url, failure)}";
    }

    /// <summary>A name that cannot be resolved, with the name server that Go's resolver asks first.</summary>
    public static string UnknownHost(string host) => $"dial tcp: lookup {host}{NameServer.Value}: no such host";

    private static readonly Lazy<string> NameServer = new(static () =>
    {
        try
        {
            foreach (var line in File.ReadLines("/etc/resolv.conf"))
            {
                var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (words is ["nameserver", var address, ..] && IPAddress.TryParse(address, out var parsed))
                {
                    return $" on {new IPEndPoint(parsed, 53)}";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not every system has the file; the name of the server is left out then.
        }

        return "";
    });

    private static string Cause(Uri url, Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException socket:
                    return Cause(url, socket);
                case AuthenticationException tls:
                    return $"tls: failed to verify certificate: {tls.Message}";
            }
        }

        return failure.Message;
    }

    private static string Cause(Uri url, SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"dial tcp {Address(url)}: connect: connection refused",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => UnknownHost(url.DnsSafeHost),
        SocketError.NetworkUnreachable => $"dial tcp {Address(url)}: connect: network is unreachable",
        SocketError.HostUnreachable => $"dial tcp {Address(url)}: connect: no route to host",
        SocketError.TimedOut => $"dial tcp {Address(url)}: i/o timeout",
        SocketError.ConnectionReset => $"read tcp {Address(url)}: connection reset by peer",
        _ => socket.Message,
    };

    /// <summary>Go names the address that it dialled; for <c>localhost</c> that is 127.0.0.1.</summary>
    private static string Address(Uri url)
    {
        var host = url.DnsSafeHost == "localhost" ? IPAddress.Loopback.ToString() : url.DnsSafeHost;
        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{url.Port}" : $"{host}:{url.Port}";
    }
}
