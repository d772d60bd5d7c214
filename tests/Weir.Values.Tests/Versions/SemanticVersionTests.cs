using Weir.Values;

namespace Weir.Values.Tests.Versions;

public sealed class SemanticVersionTests
{
    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("v1.2.3", "1.2.3")]
    [InlineData("1", "1.0.0")]
    [InlineData("1.2-5", "1.2.0-5")]
    [InlineData("1.2.3-alpha.01a+meta", "1.2.3-alpha.01a+meta")]
    [InlineData("01.02.03", "1.2.3")]
    [InlineData("1.2.3+build.01", "1.2.3+build.01")]
    public void Fills_in_what_is_missing(string text, string expected)
    {
        Assert.True(SemanticVersion.TryParse(text, out var version, out var error), error);
        Assert.Equal(expected, version.ToString());
        Assert.Equal(text, version.Original);
    }

    [Theory]
    [InlineData("", "invalid semantic version")]
    [InlineData("1.2.", "invalid semantic version")]
    [InlineData("1.2.3.4", "invalid semantic version")]
    [InlineData("V1", "invalid semantic version")]
    [InlineData("1.2.3-", "invalid semantic version")]
    [InlineData("1.2.3-a..b", "invalid semantic version")]
    [InlineData("1.2.3-01", "version segment starts with 0")]
    [InlineData("1.99999999999999999999.3", "error parsing version segment: strconv.ParseUint: parsing \"99999999999999999999\": value out of range")]
    public void Says_what_is_no_version(string text, string message)
    {
        Assert.False(SemanticVersion.TryParse(text, out _, out var error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("", "version string empty")]
    [InlineData("1.2", "invalid semantic version")]
    [InlineData("v1.2.3", "invalid characters in version")]
    [InlineData("01.2.3", "version segment starts with 0")]
    [InlineData("1.2.3-", "invalid prerelease string")]
    [InlineData("1.2.3+", "invalid metadata string")]
    public void Is_strict_when_asked(string text, string message)
    {
        Assert.False(SemanticVersion.TryParseStrict(text, out _, out var error));
        Assert.Equal(message, error);
        Assert.True(SemanticVersion.TryParseStrict("1.2.3-rc.1+x", out _));
    }

    [Fact]
    public void Orders_as_the_specification_says()
    {
        string[] ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "2.0.0"];
        for (var i = 1; i < ordered.Length; i++)
        {
            Assert.True(SemanticVersion.TryParse(ordered[i - 1], out var low));
            Assert.True(SemanticVersion.TryParse(ordered[i], out var high));
            Assert.True(low < high, $"{low} < {high}");
        }
    }

    [Fact]
    public void Metadata_counts_for_nothing()
    {
        Assert.True(SemanticVersion.TryParse("1.0.0+a", out var a));
        Assert.True(SemanticVersion.TryParse("1.0.0+b", out var b));
        Assert.True(a == b);
    }
}
