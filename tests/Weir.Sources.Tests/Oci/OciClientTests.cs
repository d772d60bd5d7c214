using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;
using Weir.Sources.Tests.Servers;
using Weir.Testing;

namespace Weir.Sources.Tests.Oci;

public sealed class OciClientTests : IAsyncLifetime
{
    private const string NotInstalled = "docker-registry is not installed";

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-oci-").FullName;
    private readonly HttpClients _http = new();
    private DockerRegistry? _registry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OciClient Client => new(_http, SourceMirrors.None, TimeProvider.System);

    public async ValueTask InitializeAsync() => _registry = DockerRegistry.IsInstalled ? await DockerRegistry.StartAsync() : null;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task Resolves_and_pulls_what_was_pushed()
    {
        Assert.SkipWhen(_registry is null, NotInstalled);
        var digest = await _registry!.PushAsync("team/app", ["v1"], ("application/vnd.first", "one"u8.ToArray()), ("application/vnd.second", "two"u8.ToArray()));
        var request = Request("team/app");

        var revision = await Client.ResolveAsync(request, new() { Tag = "v1" }, null, Cancellation);
        var first = await Client.PullAsync(request, revision, null, Cancellation);
        var second = await Client.PullAsync(request, revision, "application/vnd.second", Cancellation);

        Assert.Equal($"v1@{digest}", revision.ToString());
        Assert.Equal("one", Encoding.UTF8.GetString(first.Content));
        Assert.Equal("two", Encoding.UTF8.GetString(second.Content));
        Assert.Equal("test", first.Annotations["org.opencontainers.image.source"]);
    }

    [Theory]
    [InlineData(">=1.0.0", null, "v1.10.0")]
    [InlineData("1.2.x", null, "1.2.3")]
    [InlineData("*", "^1", "1.2.3")]
    public async Task The_highest_tag_of_a_range_is_taken(string range, string? filter, string tag)
    {
        Assert.SkipWhen(_registry is null, NotInstalled);
        await _registry!.PushAsync("app/ver", ["v1.10.0", "1.2.3", "latest", "v2.0.0-rc.1"], ("application/vnd.x", "x"u8.ToArray()));

        var revision = await Client.ResolveAsync(Request("app/ver"), new() { SemVer = range, SemVerFilter = filter, Tag = "latest" }, null, Cancellation);

        Assert.Equal(tag, revision.Tag);
    }

    [Fact]
    public async Task A_missing_tag_is_told_as_Flux_tells_it()
    {
        Assert.SkipWhen(_registry is null, NotInstalled);

        var problem = await Assert.ThrowsAsync<SourceException>(() => Client.ResolveAsync(Request("none"), new() { Tag = "v1.0.0" }, null, Cancellation));

        Assert.Equal($"GET http://{_registry!.Host}/v2/none/manifests/v1.0.0: MANIFEST_UNKNOWN: manifest unknown; map[Tag:v1.0.0]", problem.Message);
        Assert.Equal(SourceFailure.NotFound, problem.Failure);
    }

    [Fact]
    public async Task A_missing_layer_is_told()
    {
        Assert.SkipWhen(_registry is null, NotInstalled);
        await _registry!.PushAsync("app/one", ["v1"], ("application/vnd.x", "x"u8.ToArray()));
        var revision = await Client.ResolveAsync(Request("app/one"), new() { Tag = "v1" }, null, Cancellation);

        var problem = await Assert.ThrowsAsync<SourceException>(() => Client.PullAsync(Request("app/one"), revision, "application/vnd.none", Cancellation));

        Assert.Equal("failed to find layer with media type 'application/vnd.none' in artifact", problem.Message);
    }

    [Fact]
    public async Task Charts_are_found_by_range_and_pulled()
    {
        Assert.SkipWhen(_registry is null, NotInstalled);
        foreach (var version in new[] { "1.0.0", "1.1.0+build" })
        {
            await _registry!.PushAsync("charts/c", [version.Replace('+', '_')], (OciMediaTypes.HelmChart, TestCharts.Packed("c", version)));
        }

        var charts = new OciChartClient(Client);
        var repository = Request("charts");

        var version2 = await charts.FindVersionAsync(repository, "c", "1.x", Cancellation);
        var (content, mirror) = await charts.DownloadAsync(repository, "c", version2, Cancellation);
        var missing = await Assert.ThrowsAsync<SourceException>(() => charts.FindVersionAsync(repository, "c", "9.x", Cancellation));

        Assert.Equal("1.1.0+build", version2);
        Assert.Equal(TestCharts.Packed("c", "1.1.0+build"), content);
        Assert.Null(mirror);
        Assert.Equal("could not locate a version matching provided version string 9.x", missing.Message);
    }

    [Fact]
    public async Task A_registry_that_is_down_is_told_for_both_schemes()
    {
        var problem = await Assert.ThrowsAsync<SourceException>(() => Client.ResolveAsync(new() { Url = "oci://127.0.0.1:1/app" }, new(), null, Cancellation));

        Assert.Equal(
            "Get \"https://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused; Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
            problem.Message);
    }

    [Fact]
    public async Task Tokens_are_fetched_with_the_credentials_and_kept()
    {
        await using var server = await WebServer.StartAsync(BearerRegistry);
        var request = new OciRequest
        {
            Url = $"oci://{new Uri(server.Url).Authority}/team/app",
            Insecure = true,
            Access = new HttpAccess { Username = "user", Password = "pass" },
        };
        var client = Client;

        await client.ListTagsAsync(request, Cancellation);
        var tags = await client.ListTagsAsync(request, Cancellation);

        Assert.Equal(["a", "b"], tags);
        var token = Assert.Single(server.Requests, r => r.Path.StartsWith("/token", StringComparison.Ordinal));
        Assert.Equal(("/token?scope=repository%3Ateam%2Fapp%3Apull&service=test", "Basic dXNlcjpwYXNz"), token);
    }

    [Fact]
    public async Task Wrong_credentials_are_told_without_showing_them()
    {
        await using var server = await WebServer.StartAsync(BearerRegistry);
        var request = new OciRequest
        {
            Url = $"oci://{new Uri(server.Url).Authority}/team/app",
            Access = new HttpAccess { Username = "user", Password = "secret" },
        };

        var problem = await Assert.ThrowsAsync<SourceException>(() => Client.ListTagsAsync(request, Cancellation));

        Assert.Equal(SourceFailure.Unauthorized, problem.Failure);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_stands_for_an_artifact()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "deploy"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "deploy", "a.yaml"), "kind: A\n", Cancellation);
        var mirrors = new SourceMirrors([new SourceMirror("oci://ghcr.io/org/app", _folder)]);
        var client = new OciClient(_http, mirrors, TimeProvider.System);
        var request = new OciRequest { Url = "oci://ghcr.io/org/app" };

        var revision = await client.ResolveAsync(request, new() { Tag = "v1" }, null, Cancellation);
        var layer = await client.PullAsync(request, revision, null, Cancellation);

        Assert.StartsWith("v1@sha256:", revision.ToString(), StringComparison.Ordinal);
        Assert.NotNull(revision.Mirror);
        Assert.Equal(["deploy/a.yaml"], TarGz.Read(new MemoryStream(layer.Content)).Paths);
    }

    [Fact]
    public async Task A_folder_of_charts_stands_for_a_registry_of_charts()
    {
        var charts = Path.Combine(_folder, "c");
        Directory.CreateDirectory(charts);
        await File.WriteAllBytesAsync(Path.Combine(charts, "c-1.0.0.tgz"), TestCharts.Packed("c", "1.0.0"), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(charts, "c-1.1.0.tgz"), TestCharts.Packed("c", "1.1.0"), Cancellation);
        var mirrors = new SourceMirrors([new SourceMirror("oci://ghcr.io/org", _folder)]);
        var client = new OciChartClient(new OciClient(_http, mirrors, TimeProvider.System));
        var repository = new OciRequest { Url = "oci://ghcr.io/org" };

        var version = await client.FindVersionAsync(repository, "c", "~1.0", Cancellation);
        var (content, mirror) = await client.DownloadAsync(repository, "c", version, Cancellation);

        Assert.Equal("1.0.0", version);
        Assert.Equal(TestCharts.Packed("c", "1.0.0"), content);
        Assert.NotNull(mirror);
    }

    [Fact]
    public void Docker_configs_give_the_credentials_of_their_registry()
    {
        const string json = """{"auths":{"https://ghcr.io":{"auth":"dXNlcjpwYXNz"},"docker.io":{"username":"d","password":"p"}}}""";

        Assert.Equal(("user", "pass"), Pair(DockerConfig.For("ghcr.io", json, HttpAccess.Anonymous)));
        Assert.Equal(("d", "p"), Pair(DockerConfig.For("index.docker.io", json, HttpAccess.Anonymous)));
        Assert.Equal(HttpAccess.Anonymous, DockerConfig.For("quay.io", json, HttpAccess.Anonymous));

        static (string?, string?) Pair(HttpAccess access) => (access.Username, access.Password);
    }

    private OciRequest Request(string repository) => new() { Url = $"oci://{_registry!.Host}/{repository}", Insecure = true };

    private static async Task BearerRegistry(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        switch (context.Request.Path.Value)
        {
            case "/token" when authorization == "Basic dXNlcjpwYXNz":
                await context.Response.WriteAsync("""{"token":"t0k3n","expires_in":300}""");
                break;
            case "/token":
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                break;
            case "/v2/team/app/tags/list" when authorization == "Bearer t0k3n" && !context.Request.Query.ContainsKey("last"):
                context.Response.Headers.Link = "</v2/team/app/tags/list?n=1000&last=a>; rel=\"next\"";
                await context.Response.WriteAsync("""{"name":"team/app","tags":["a"]}""");
                break;
            case "/v2/team/app/tags/list" when authorization == "Bearer t0k3n":
                await context.Response.WriteAsync("""{"name":"team/app","tags":["b"]}""");
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{context.Request.Host}/token\",service=\"test\"";
                break;
        }
    }
}
