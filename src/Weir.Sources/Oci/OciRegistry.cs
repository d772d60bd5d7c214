using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Weir.Sources.Http;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Oci;

/// <summary>
/// Requests to registries: scheme, token and basic authentication, and errors in the words of the library that Flux uses.
/// Tokens are kept as long as they live.
/// </summary>
internal sealed class OciRegistry(HttpClients http, TimeProvider time)
{
    private const long MaxErrorBytes = 64 * 1024;
    private const long MaxTokenBytes = 1024 * 1024;

    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TokenMargin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Registry, HttpAccess Access), Ping> _pings = new();
    private readonly ConcurrentDictionary<(string Registry, string Repository, HttpAccess Access), Grant> _grants = new();

    private sealed record Ping(string Scheme, AuthenticationHeaderValue? Challenge);

    private sealed record Grant(AuthenticationHeaderValue? Header, DateTimeOffset Until);

    /// <summary>Sends a request below <c>/v2/</c> and answers a success, which the caller disposes of.</summary>
    /// <exception cref="SourceException">The registry cannot be reached or refuses.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        OciRequest request, OciUrl url, HttpMethod method, string path, IReadOnlyList<string> accept, CancellationToken cancellationToken)
    {
        var ping = await PingAsync(request, url, cancellationToken);
        HttpResponseMessage response;
        try
        {
            response = await TryAsync(request, url, ping, method, path, accept, cancellationToken);
        }
        catch (SourceException e) when (e.Failure == SourceFailure.Unreachable)
        {
            // The registry went away since it was asked first, or is another one now: ask it again, as Flux asks every time.
            _pings.TryRemove((url.Registry, request.Access.Connection()), out _);
            ping = await PingAsync(request, url, cancellationToken);
            response = await TryAsync(request, url, ping, method, path, accept, cancellationToken);
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The token may have been withdrawn: once more with a new one.
            _grants.TryRemove((url.Registry, url.Repository, request.Access), out _);
            response.Dispose();
            response = await TryAsync(request, url, ping, method, path, accept, cancellationToken);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusedAsync(response, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(
        OciRequest request, OciUrl url, Ping ping, HttpMethod method, string path, IReadOnlyList<string> accept, CancellationToken cancellationToken)
    {
        var target = path.Contains("://", StringComparison.Ordinal) ? new Uri(path) : new Uri($"{ping.Scheme}://{url.Registry}{path}");
        using var message = new HttpRequestMessage(method, target);
        foreach (var type in accept)
        {
            message.Headers.Accept.ParseAdd(type);
        }

        message.Headers.Authorization = await AuthorizeAsync(request, url, ping, cancellationToken);
        return await http.SendAsync(message, request.Access, cancellationToken);
    }

    /// <summary>Finds out the scheme and what credentials the registry wants. HTTPS is tried first, as Flux does.</summary>
    private async Task<Ping> PingAsync(OciRequest request, OciUrl url, CancellationToken cancellationToken)
    {
        var key = (url.Registry, request.Access.Connection());
        if (_pings.TryGetValue(key, out var known))
        {
            return known;
        }

        var problems = new List<string>();
        string[] schemes = request.Insecure || url.IsLocal ? ["https", "http"] : ["https"];
        foreach (var scheme in schemes)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://{url.Registry}/v2/");
            try
            {
                using var response = await http.SendAsync(message, request.Access, cancellationToken);
                if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Unauthorized)
                {
                    var challenge = response.StatusCode == HttpStatusCode.Unauthorized ? response.Headers.WwwAuthenticate.FirstOrDefault() : null;
                    return _pings[key] = new Ping(scheme, challenge);
                }

                throw await RefusedAsync(response, cancellationToken);
            }
            catch (SourceException e) when (e.Failure == SourceFailure.Unreachable)
            {
                problems.Add(e.Message);
            }
        }

        throw new SourceException(string.Join("; ", problems), SourceFailure.Unreachable);
    }

    private async Task<AuthenticationHeaderValue?> AuthorizeAsync(OciRequest request, OciUrl url, Ping ping, CancellationToken cancellationToken)
    {
        var basic = HttpClients.Authorization(request.Access);
        if (ping.Challenge is not { } challenge)
        {
            return basic;
        }

        if (!string.Equals(challenge.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) || request.Access.BearerToken is not null)
        {
            return basic;
        }

        var key = (url.Registry, url.Repository, request.Access);
        if (_grants.TryGetValue(key, out var grant) && grant.Until > time.GetUtcNow())
        {
            return grant.Header;
        }

        grant = await FetchTokenAsync(request, url, challenge.Parameter ?? "", basic, cancellationToken);
        _grants[key] = grant;
        return grant.Header;
    }

    private async Task<Grant> FetchTokenAsync(OciRequest request, OciUrl url, string parameters, AuthenticationHeaderValue? basic, CancellationToken cancellationToken)
    {
        var challenge = ChallengeParameters.Parse(parameters);
        if (!challenge.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var address))
        {
            throw new SourceException($"malformed www-authenticate, missing realm: {parameters}", SourceFailure.Damaged);
        }

        var query = $"scope={Uri.EscapeDataString($"repository:{url.Repository}:pull")}";
        if (challenge.TryGetValue("service", out var service))
        {
            query += $"&service={Uri.EscapeDataString(service)}";
        }

        var target = new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query }.Uri;
        using var message = new HttpRequestMessage(HttpMethod.Get, target);
        message.Headers.Authorization = basic;
        using var response = await http.SendAsync(message, request.Access, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusedAsync(response, cancellationToken);
        }

        var body = JsonReader.Read(await HttpClients.ReadAsync(response, MaxTokenBytes, cancellationToken)).Result as MapValue;
        var token = body?.GetString("token") is { Length: > 0 } t ? t : body?.GetString("access_token");
        if (string.IsNullOrEmpty(token))
        {
            throw new SourceException("no token in bearer response", SourceFailure.Damaged);
        }

        var life = body!.GetInt("expires_in") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : TokenLife;
        return new Grant(new AuthenticationHeaderValue("Bearer", token), time.GetUtcNow() + life - TokenMargin);
    }

    /// <summary><c>GET URL: CODE: message; detail</c>, or the status when the registry says no more.</summary>
    private static async Task<SourceException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var request = response.RequestMessage!;
        var failure = HttpClients.FailureOf(response.StatusCode);
        var body = request.Method == HttpMethod.Head ? [] : await HttpClients.ReadAsync(response, MaxErrorBytes, cancellationToken);
        var errors = JsonReader.Read(body).Result is MapValue root ? root.GetList("errors") : null;
        if (errors is null or { Count: 0 })
        {
            var text = System.Text.Encoding.UTF8.GetString(body).Trim();
            var shown = text.Length is 0 or > 300 ? "" : $": {text}";
            return new SourceException($"{request.Method} {request.RequestUri}: unexpected status code {HttpClients.StatusLine(response)}{shown}", failure);
        }

        var messages = errors.OfType<MapValue>().Select(e => DescribeError(e));
        return new SourceException($"{request.Method} {request.RequestUri}: {string.Join("; ", messages)}", failure);
    }

    private static string DescribeError(MapValue error)
    {
        var text = $"{error.GetString("code")}: {error.GetString("message")}";
        return error["detail"] is { IsNull: false } detail ? $"{text}; {Sorted(detail)}" : text;
    }

    /// <summary>Go prints the keys of a map in order.</summary>
    private static string Sorted(Value value) => value switch
    {
        MapValue map => $"map[{string.Join(' ', map.OrderBy(e => e.Key, GoString.Comparer).Select(e => $"{e.Key}:{Sorted(e.Value)}"))}]",
        ListValue list => $"[{string.Join(' ', list.Select(Sorted))}]",
        NullValue => "<nil>",
        _ => value.ToString() ?? "",
    };
}
