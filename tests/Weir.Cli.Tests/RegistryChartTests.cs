using Weir.Cli.Charts;

namespace Weir.Cli.Tests;

public sealed class RegistryChartTests
{
    [Theory]
    [InlineData("oci://ghcr.io/org/charts/app", "oci://ghcr.io/org/charts", "app", "")]
    [InlineData("oci://localhost:5000/app:1.2.3_build", "oci://localhost:5000", "app", "1.2.3+build")]
    public void A_reference_names_repository_chart_and_version(string reference, string repository, string chart, string version) =>
        Assert.Equal((repository, chart, version), RegistryChart.Parse(reference));
}
