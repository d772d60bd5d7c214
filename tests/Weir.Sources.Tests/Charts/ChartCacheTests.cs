using Weir.Sources.Charts;

namespace Weir.Sources.Tests.Charts;

public sealed class ChartCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_chart_is_downloaded_once()
    {
        var cache = new ChartCache(_folder);
        var digest = cache.Add("chart"u8.ToArray());

        var content = await cache.GetAsync("sha256:" + digest, () => throw new InvalidOperationException("it is there"));

        Assert.Equal("chart"u8.ToArray(), content);
        Assert.Equal(content, new ChartCache(_folder).TryRead(digest));
    }

    [Fact]
    public void A_damaged_file_is_as_good_as_none()
    {
        var cache = new ChartCache(_folder);
        var digest = cache.Add("chart"u8.ToArray());
        File.WriteAllText(Directory.GetFiles(_folder, "*.tgz", SearchOption.AllDirectories)[0], "half");

        Assert.Null(cache.TryRead(digest));
        Assert.Empty(Directory.GetFiles(_folder, "*.tgz", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("sha256:abc")]
    public void What_is_no_digest_is_not_there(string digest) => Assert.Null(new ChartCache(_folder).TryRead(digest));

    [Fact]
    public void Many_writers_of_the_same_chart_do_no_harm()
    {
        var content = new byte[100_000];

        Parallel.For(0, 20, _ => Assert.NotNull(new ChartCache(_folder).TryRead(new ChartCache(_folder).Add(content))));

        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Trimming_removes_the_oldest_and_what_was_left_half_made()
    {
        var cache = new ChartCache(_folder);
        var old = cache.Add(new byte[1_000]);
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        var newest = cache.Add(new byte[1_001]);
        var left = Path.Combine(_folder, ".partial-x");
        File.WriteAllText(left, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UnixEpoch);

        cache.Trim(1_500, DateTimeOffset.UtcNow);

        Assert.Null(cache.TryRead(old));
        Assert.NotNull(cache.TryRead(newest));
        Assert.False(File.Exists(left));
    }
}
