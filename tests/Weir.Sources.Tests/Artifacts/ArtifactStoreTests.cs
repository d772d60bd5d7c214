using System.Text;
using Weir.Sources.Artifacts;

namespace Weir.Sources.Tests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-store-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_artifact_is_found_under_its_path_with_its_digest()
    {
        var store = new ArtifactStore(_folder, TimeProvider.System);
        var artifact = await Store(store, "gitrepository/ns/app/1.tar.gz", "content");
        Assert.Equal("sha256:ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73", artifact.Digest);
        Assert.Equal(7, artifact.Size);
        Assert.True(await store.VerifyAsync(artifact.Path, artifact.Digest, Cancellation));
    }

    [Fact]
    public async Task A_failed_write_leaves_nothing_behind()
    {
        var store = new ArtifactStore(_folder, TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => store.StoreAsync(
            "gitrepository/ns/app/1.tar.gz", "r", _ => throw new IOException("full"), Cancellation));
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_run_left_half_written_is_removed_at_the_next_start()
    {
        var store = new ArtifactStore(_folder, TimeProvider.System);
        var artifact = await Store(store, "gitrepository/ns/app/1.tar.gz", "content");
        var partial = Path.Combine(_folder, "gitrepository/ns/app/.partial-x");
        await File.WriteAllTextAsync(partial, "half", Cancellation);
        _ = new ArtifactStore(_folder, TimeProvider.System);
        Assert.False(File.Exists(partial));
        Assert.NotNull(store.Open(artifact.Path));
    }

    [Fact]
    public async Task Collecting_keeps_the_current_artifact_and_the_newest_others()
    {
        var store = new ArtifactStore(_folder, TimeProvider.System);
        foreach (var i in Enumerable.Range(1, 4))
        {
            await Store(store, $"gitrepository/ns/app/{i}.tar.gz", "x");
            File.SetLastWriteTimeUtc(Path.Combine(_folder, $"gitrepository/ns/app/{i}.tar.gz"), DateTime.UtcNow.AddMinutes(i - 10));
        }

        var removed = store.Collect("gitrepository/ns/app/1.tar.gz", retention: 2, TimeSpan.FromHours(1));
        Assert.Equal(["gitrepository/ns/app/2.tar.gz", "gitrepository/ns/app/3.tar.gz"], removed.Order());
    }

    [Fact]
    public void A_path_cannot_leave_the_store() =>
        Assert.Throws<ArgumentException>(() => new ArtifactStore(_folder, TimeProvider.System).Open("../../etc/passwd"));

    private static Task<Artifact> Store(ArtifactStore store, string path, string text) =>
        store.StoreAsync(path, "rev", s => s.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask(), Cancellation);
}
