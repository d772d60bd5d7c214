using System.Net;
using Weir.Sources.Artifacts;

namespace Weir.Sources.Tests.Artifacts;

public sealed class ArtifactListenerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-listener-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serves_what_is_in_the_store_and_nothing_else()
    {
        var store = new ArtifactStore(_folder, TimeProvider.System);
        var artifact = await store.StoreAsync(
            ArtifactStore.PathOf("GitRepository", "apps", "web", "abc.tar.gz"), "main@sha1:abc", s => s.WriteAsync("content"u8.ToArray()).AsTask(), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "gitrepository", "apps", "web", ".partial-x"), "half", Cancellation);
        await using var listener = await ArtifactListener.StartAsync(store, new IPEndPoint(IPAddress.Loopback, 0), Cancellation);
        using var http = new HttpClient { BaseAddress = listener.Address };

        Assert.Equal("content", await http.GetStringAsync(artifact.Path, Cancellation));
        foreach (var path in new[] { "gitrepository/apps/web/none.tar.gz", "gitrepository/apps/web/.partial-x", "gitrepository/apps/web/", "", "%2e%2e/%2e%2e/etc/passwd" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path, Cancellation)).StatusCode);
        }

        using var body = new StringContent("x");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.PostAsync(artifact.Path, body, Cancellation)).StatusCode);
    }
}
