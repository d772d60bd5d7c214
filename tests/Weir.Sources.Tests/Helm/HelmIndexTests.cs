using System.Text;
using Weir.Sources.Helm;

namespace Weir.Sources.Tests.Helm;

public sealed class HelmIndexTests
{
    private static readonly HelmIndex Index = HelmIndex.Read("""
        apiVersion: v1
        entries:
          c:
          - {name: c, version: 1.0.0, created: "2024-01-01T00:00:00Z", urls: [a.tgz]}
          - {name: c, version: 1.2.0+a, created: "2024-01-01T00:00:00Z", urls: [b.tgz]}
          - {name: c, version: 1.2.0+b, created: "2024-02-01T00:00:00Z", urls: [c.tgz]}
          - {name: c, version: 2.0.0-rc.1, urls: [d.tgz]}
          - {name: c, version: not-a-version, urls: [e.tgz]}
          - {version: 9.0.0}
          empty: []
        """u8);

    [Theory]
    [InlineData("1.0.0", "a.tgz")]
    [InlineData("", "c.tgz")]
    [InlineData("*", "c.tgz")]
    [InlineData("1.x", "c.tgz")]
    [InlineData("1.2.0+a", "b.tgz")]
    [InlineData(">=2.0.0-0", "d.tgz")]
    [InlineData("2.0.0-rc.1", "d.tgz")]
    public void Takes_the_exact_version_or_the_highest_in_the_range(string version, string url) =>
        Assert.Equal(url, Index.Find("c", version).Urls[0]);

    [Theory]
    [InlineData("c", "9.9.9", "no 'c' chart with version matching '9.9.9' found")]
    [InlineData("d", "*", "no chart name found")]
    [InlineData("empty", "*", "no chart version found")]
    [InlineData("c", "a.b.c", "improper constraint: \"a.b.c\"")]
    public void Tells_what_is_missing_in_Flux_words(string name, string version, string message) =>
        Assert.Equal(message, Assert.Throws<SourceException>(() => Index.Find(name, version)).Message);

    [Theory]
    [InlineData("", "failed to load index: empty index.yaml file")]
    [InlineData("entries: {}", "failed to load index: no API version specified")]
    [InlineData("a: b: c", "failed to load index: yaml: mapping values are not allowed in this context")]
    [InlineData("{\"apiVersion\": ", "failed to load index: unexpected end of JSON input")]
    public void What_is_no_index_is_refused(string text, string message)
    {
        var problem = Assert.Throws<SourceException>(() => HelmIndex.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((message, SourceFailure.Damaged), (problem.Message, problem.Failure));
    }

    [Fact]
    public void JSON_is_an_index_too() =>
        Assert.Equal("1.0.0", HelmIndex.Read("""{"apiVersion":"v1","entries":{"c":[{"name":"c","version":"1.0.0"}]}}"""u8).Find("c", "").Version);
}
