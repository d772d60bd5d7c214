using System.Net;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Tests;

/// <summary>A server in memory, without simulated workloads unless asked, and a client that speaks as its administrator.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ApiServerHost _host;
    private readonly HttpClient _client;

    private TestCluster(ApiServerHost host)
    {
        _host = host;
        _client = host.CreateAdminClient();
    }

    public static async Task<TestCluster> StartAsync(SimulationOptions? simulation = null) =>
        new(await ApiServerHost.StartAsync(new ApiServerOptions { Simulation = simulation }, TestContext.Current.CancellationToken));

    public Task<(HttpStatusCode Code, MapValue Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(HttpStatusCode Code, MapValue Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body, "application/yaml");

    public Task<(HttpStatusCode Code, MapValue Body)> MergeAsync(string path, string body) =>
        SendAsync(HttpMethod.Patch, path, JsonWriter.Write(YamlReader.Read(body).Result!), "application/merge-patch+json");

    public Task<(HttpStatusCode Code, MapValue Body)> ApplyAsync(string path, string manager, string body, bool force = false) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager={manager}&force={(force ? "true" : "false")}", body, "application/apply-patch+yaml");

    public Task<(HttpStatusCode Code, MapValue Body)> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Uri Address => _host.Address;

    public string Token => _host.AdminToken;

    public async Task<(HttpStatusCode Code, MapValue Body)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8);
        if (content is not null)
        {
            content.Headers.ContentType = new(type);
        }

        return await SendAsync(method, path, content);
    }

    public async Task<(HttpStatusCode Code, MapValue Body)> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonReader.Read(text).Result as MapValue ?? []);
    }

    /// <summary>The warnings that a merge patch is answered with.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path);
        request.Content = new StringContent(JsonWriter.Write(YamlReader.Read(body).Result!), System.Text.Encoding.UTF8);
        request.Content.Headers.ContentType = new("application/merge-patch+json");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.Headers.TryGetValues("Warning", out var values)
            ? [.. values.Select(static v => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(v))).Select(static v => v["299 - \"".Length..^1].Replace("\\\"", "\"", StringComparison.Ordinal))]
            : [];
    }

    /// <summary>Opens a watch and answers its first lines.</summary>
    public async Task<IReadOnlyList<MapValue>> WatchAsync(string path, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var response = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var events = new List<MapValue>();
        while (events.Count < count && await reader.ReadLineAsync(limit.Token) is { } line)
        {
            events.Add((MapValue)JsonReader.Read(line).Result!);
        }

        return events;
    }

    /// <summary>Opens a watch over HTTP/2, many of which share a connection.</summary>
    public async Task<StreamReader> OpenWatchAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), bufferSize: 128);
    }

    /// <summary>Asks until the answer is as wanted: controllers work on their own.</summary>
    public async Task<MapValue> EventuallyAsync(string path, Func<HttpStatusCode, MapValue, bool> isWanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (code, body) = await GetAsync(path);
            if (isWanted(code, body))
            {
                return body;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"{path} stays as it is: {JsonWriter.Write(body)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task GoneAsync(string path) => EventuallyAsync(path, static (code, _) => code == HttpStatusCode.NotFound);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }
}
