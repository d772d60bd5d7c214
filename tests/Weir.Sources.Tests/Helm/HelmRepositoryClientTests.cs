using System.Security.Cryptography;
using System.Text;
using Weir.Helm;
using Weir.Sources.Helm;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Tests.Servers;

namespace Weir.Sources.Tests.Helm;

public sealed class HelmRepositoryClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-helm-").FullName;
    private readonly HttpClients _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Fetches_index_and_chart()
    {
        var chart = TestCharts.Packed("c", "1.0.0");
        await using var server = await ServeAsync(chart, Convert.ToHexStringLower(SHA256.HashData(chart)));
        var repository = new HelmRepositoryRequest { Url = $"{server.Url}/charts" };
        var client = new HelmRepositoryClient(_http, SourceMirrors.None);

        var index = await client.FetchIndexAsync(repository, Cancellation);
        var content = await client.DownloadAsync(repository, HelmIndex.Read(index.Content).Find("c", "1.x"), Cancellation);

        Assert.Null(index.Mirror);
        Assert.Equal(chart, content);
        Assert.Equal(["/charts/index.yaml", "/charts/c-1.0.0.tgz"], server.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task A_chart_with_another_digest_than_the_index_says_is_refused()
    {
        await using var server = await ServeAsync(TestCharts.Packed("c", "1.0.0"), new string('0', 64));
        var repository = new HelmRepositoryRequest { Url = $"{server.Url}/charts" };
        var client = new HelmRepositoryClient(_http, SourceMirrors.None);
        var index = await client.FetchIndexAsync(repository, Cancellation);

        var problem = await Assert.ThrowsAsync<SourceException>(() => client.DownloadAsync(repository, HelmIndex.Read(index.Content).Find("c", ""), Cancellation));

        Assert.Equal(SourceFailure.Damaged, problem.Failure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Credentials_go_to_other_hosts_only_when_asked_to(bool passCredentials)
    {
        var chart = TestCharts.Packed("c", "1.0.0");
        await using var other = await WebServer.StartAsync(new Dictionary<string, byte[]> { ["/c.tgz"] = chart });
        var entry = new HelmIndexEntry { Name = "c", Version = "1.0.0", Urls = [$"{other.Url}/c.tgz"] };
        var repository = new HelmRepositoryRequest
        {
            Url = "http://charts.example.com",
            Access = new HttpAccess { Username = "user", Password = "pass" },
            PassCredentials = passCredentials,
        };

        await new HelmRepositoryClient(_http, SourceMirrors.None).DownloadAsync(repository, entry, Cancellation);

        Assert.Equal(passCredentials ? "Basic dXNlcjpwYXNz" : null, other.Requests[0].Authorization);
    }

    [Fact]
    public async Task A_repository_that_is_down_is_told_in_Gos_words()
    {
        var client = new HelmRepositoryClient(_http, SourceMirrors.None);

        var problem = await Assert.ThrowsAsync<SourceException>(() => client.FetchIndexAsync(new() { Url = "http://127.0.0.1:1/repo" }, Cancellation));

        Assert.Equal("Get \"http://127.0.0.1:1/repo/index.yaml\": dial tcp 127.0.0.1:1: connect: connection refused", problem.Message);
        Assert.Equal(SourceFailure.Unreachable, problem.Failure);
    }

    [Fact]
    public async Task A_missing_index_is_told_with_its_status()
    {
        await using var server = await WebServer.StartAsync(new Dictionary<string, byte[]>());
        var client = new HelmRepositoryClient(_http, SourceMirrors.None);

        var problem = await Assert.ThrowsAsync<SourceException>(() => client.FetchIndexAsync(new() { Url = server.Url }, Cancellation));

        Assert.Equal($"failed to fetch {server.Url}/index.yaml : 404 Not Found", problem.Message);
    }

    [Fact]
    public async Task A_folder_of_charts_stands_for_a_repository()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "packed-1.0.0.tgz"), TestCharts.Packed("packed", "1.0.0"), Cancellation);
        TestCharts.Unpack(Path.Combine(_folder, "plain"), "plain", "2.0.0");
        var mirrors = new SourceMirrors([new SourceMirror("https://charts.example.com", _folder)]);
        var client = new HelmRepositoryClient(_http, mirrors);
        var repository = new HelmRepositoryRequest { Url = "https://charts.example.com" };

        var index = await client.FetchIndexAsync(repository, Cancellation);
        var charts = HelmIndex.Read(index.Content);

        Assert.Equal(_folder, index.Mirror?.Path);
        foreach (var (name, version) in new[] { ("packed", "1.0.0"), ("plain", "2.0.0") })
        {
            var content = await client.DownloadAsync(repository, charts.Find(name, ""), Cancellation);
            Assert.True(ChartLoader.LoadArchive(content).TryGet(out var chart));
            Assert.Equal($"{name}-{version}", chart.ToString());
        }
    }

    [Fact]
    public async Task A_single_chart_stands_for_its_URL()
    {
        var file = Path.Combine(_folder, "c.tgz");
        await File.WriteAllBytesAsync(file, TestCharts.Packed("c", "1.0.0"), Cancellation);
        var mirrors = new SourceMirrors([new SourceMirror("https://downloads.example.com/c-1.0.0.tgz", file)]);
        var entry = new HelmIndexEntry { Name = "c", Version = "1.0.0", Urls = ["https://downloads.example.com/c-1.0.0.tgz"] };

        var content = await new HelmRepositoryClient(_http, mirrors).DownloadAsync(new() { Url = "https://charts.example.com" }, entry, Cancellation);

        Assert.Equal(await File.ReadAllBytesAsync(file, Cancellation), content);
    }

    private static Task<WebServer> ServeAsync(byte[] chart, string digest) => WebServer.StartAsync(new Dictionary<string, byte[]>
    {
        ["/charts/index.yaml"] = Encoding.UTF8.GetBytes($"apiVersion: v1\nentries:\n  c:\n  - {{name: c, version: 1.0.0, digest: \"{digest}\", urls: [c-1.0.0.tgz]}}\n"),
        ["/charts/c-1.0.0.tgz"] = chart,
    });
}
