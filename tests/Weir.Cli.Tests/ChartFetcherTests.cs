using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Weir.Cli.Charts;
using Weir.Helm;

namespace Weir.Cli.Tests;

/// <summary>Charts from a Helm repository that listens on this machine and asks for a password.</summary>
[Collection("the cache of charts")]
public sealed class ChartFetcherTests : IDisposable
{
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("weir-cache-");
    private readonly HttpListener _server = new();
    private readonly byte[] _chart = Pack();
    private readonly List<string> _asked = [];
    private readonly string _url;

    public ChartFetcherTests()
    {
        Environment.SetEnvironmentVariable("WEIR_CACHE", _cache.FullName);
        _url = $"http://127.0.0.1:{FreePort()}";
        _server.Prefixes.Add(_url + "/");
        _server.Start();
        _ = ServeAsync();
    }

    private ChartSourceOptions Options => new() { Repository = _url, Username = "user", Password = "secret" };

    [Fact]
    public void The_highest_version_is_taken_and_kept_by_digest()
    {
        Assert.Equal("app-1.2.3", ChartFetcher.Load("app", Options).Result!.ToString());
        Assert.Equal("app-1.2.3", ChartFetcher.Load("app", Options with { Version = "^1.0" }).Result!.ToString());
        Assert.Equal(["/index.yaml", "/app-1.2.3.tgz", "/index.yaml"], _asked);
    }

    [Fact]
    public void Without_the_password_there_is_no_chart_and_no_secret_in_the_message()
    {
        var message = Assert.Single(ChartFetcher.Load("app", Options with { Password = "wrong-one" }).Diagnostics).Message;
        Assert.Contains("401", message);
        Assert.DoesNotContain("wrong-one", message);
    }

    [Fact]
    public void A_mistyped_name_is_told_with_the_nearest() =>
        Assert.EndsWith("did you mean \"app\"?", Assert.Single(ChartFetcher.Load("aap", Options).Diagnostics).Message);

    [Fact]
    public void A_version_that_is_not_there_is_told_with_those_that_are() =>
        Assert.EndsWith("it has 1.2.3, 2.0.0-rc.1", Assert.Single(ChartFetcher.Load("app", Options with { Version = "3.x" }).Diagnostics).Message);

    [Fact]
    public void A_chart_without_provenance_is_refused_when_it_must_be_verified() =>
        Assert.Contains("404", Assert.Single(ChartFetcher.Load("app", Options with { Verify = true }).Diagnostics).Message);

    public void Dispose()
    {
        _server.Close();
        _cache.Delete(recursive: true);
    }

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var path = context.Request.Url!.AbsolutePath;
            var isKnown = context.Request.Headers["Authorization"] == "Basic " + Convert.ToBase64String("user:secret"u8);
            var answer = path switch { "/index.yaml" => Encoding.UTF8.GetBytes(Index()), "/app-1.2.3.tgz" => _chart, _ => null };
            context.Response.StatusCode = !isKnown ? 401 : answer is null ? 404 : 200;
            if (isKnown && answer is not null)
            {
                _asked.Add(path);
                await context.Response.OutputStream.WriteAsync(answer);
            }

            context.Response.Close();
        }
    }

    private string Index() =>
        $$"""
        apiVersion: v1
        entries:
          app:
          - {name: app, version: 1.2.3, apiVersion: v2, digest: {{Convert.ToHexStringLower(SHA256.HashData(_chart))}}, urls: [app-1.2.3.tgz]}
          - {name: app, version: 2.0.0-rc.1, apiVersion: v2, urls: [app-2.0.0-rc.1.tgz]}
        """;

    private static byte[] Pack()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "app/Chart.yaml") { DataStream = new MemoryStream("apiVersion: v2\nname: app\nversion: 1.2.3\n"u8.ToArray()) });
        }

        return bytes.ToArray();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
