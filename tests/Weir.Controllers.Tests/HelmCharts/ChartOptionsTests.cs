namespace Weir.Controllers.Tests.HelmCharts;

public sealed class ChartOptionsTests
{
    [Theory]
    [InlineData("1.0.0", "", "1.0.0")]
    [InlineData("v1.0", "abc", "1.0.0+abc")]
    [InlineData("1.0.0-rc.1+old", "abc.3", "1.0.0-rc.1+abc.3")]
    public void The_version_is_marked(string version, string metadata, string expected) =>
        Assert.Equal((expected, null), new ChartOptions { VersionMetadata = metadata }.Mark(version));

    [Fact]
    public void A_version_that_is_none_is_told() =>
        Assert.StartsWith("failed to parse version from chart metadata as SemVer:", new ChartOptions { VersionMetadata = "abc" }.Mark("one").Problem, StringComparison.Ordinal);

    [Fact]
    public void A_stored_chart_is_used_again_only_when_it_is_the_same()
    {
        var options = new ChartOptions { Stored = ("app", "1.0.0"), StoredValuesFiles = ["a.yaml"] };

        Assert.Equal(["a.yaml"], options.Reuse(new() { Name = "app", Version = "1.0.0" }, isPackaged: true)?.ValuesFiles);
        Assert.Null(options.Reuse(new() { Name = "app", Version = "1.0.1" }, isPackaged: true));
    }
}
