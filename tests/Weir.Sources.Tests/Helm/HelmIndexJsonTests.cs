using System.Security.Cryptography;
using System.Text;
using Weir.Sources.Helm;

namespace Weir.Sources.Tests.Helm;

public sealed class HelmIndexJsonTests
{
    private const string Index = """
        apiVersion: v1
        entries:
          c:
          - apiVersion: v2
            appVersion: 1.2.3
            created: '2026-01-01T00:00:00Z'
            description: conformance chart
            digest: a945164211495972ffdbdd37046840db36f4929add75cb90d5bd5e5b9598b24e
            name: c
            urls:
            - c-1.0.0.tgz
            version: 1.0.0
        generated: '2026-01-01T00:00:00Z'

        """;

    [Fact]
    public void The_index_has_the_bytes_that_Flux_stores() => Assert.Equal(
        "599de56edc885d0212cbad978791b99fc4c6269ec7922cfd0a9c13a23b16f259",
        Convert.ToHexStringLower(SHA256.HashData(HelmIndexJson.Write(Encoding.UTF8.GetBytes(Index)))));

    [Fact]
    public void Versions_stand_from_the_highest_down_and_what_is_no_chart_is_left_out()
    {
        const string index = "apiVersion: v1\nentries: {c: [{name: c, version: 1.0.0}, {name: c, version: 1.10.0}, {name: c, version: nothing}, {version: 2.0.0}]}\n";

        var json = Encoding.UTF8.GetString(HelmIndexJson.Write(Encoding.UTF8.GetBytes(index)));

        Assert.True(json.IndexOf("1.10.0", StringComparison.Ordinal) < json.IndexOf("1.0.0", StringComparison.Ordinal));
        Assert.DoesNotContain("nothing", json, StringComparison.Ordinal);
        Assert.DoesNotContain("2.0.0", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "failed to load index: empty index.yaml file")]
    [InlineData("entries: {}\n", "failed to load index: no API version specified")]
    [InlineData("apiVersion: v1\nentries: {c: [{name: c, version: 1.0.0, colour: red}]}\n", "failed to load index: error unmarshaling JSON: while decoding JSON: json: unknown field \"colour\"")]
    public void What_is_no_index_is_told_in_Helms_words(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<SourceException>(() => HelmIndexJson.Write(Encoding.UTF8.GetBytes(text))).Message);
}
