using Weir.Values;

namespace Weir.Helm.Tests.Inspecting;

public sealed class ChartLintTests
{
    private const string Metadata = TestCharts.Metadata + "icon: https://example.org/icon.png\n";

    private const string Deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}}\n";

    [Fact]
    public void A_good_chart_has_no_findings() => Assert.Empty(Lint(("Chart.yaml", Metadata), ("templates/t.yaml", Deployment)));

    [Theory]
    [InlineData("appVersion: 1.2\n", "folder/Chart.yaml:5:1: appVersion should be of type string but it's of type float64 (put it in quotes)")]
    [InlineData("desciption: x\n", "folder/Chart.yaml:5:1: unknown field \"desciption\" (did you mean 'description'?)")]
    [InlineData("sources: [nowhere]\n", "folder/Chart.yaml:5:1: invalid source URL 'nowhere'")]
    [InlineData("maintainers: [{name: a, email: b}]\n", "folder/Chart.yaml:5:1: invalid email 'b' for maintainer 'a'")]
    public void Mistakes_of_the_metadata_have_their_line(string line, string expected) =>
        Assert.Equal([expected], Lint(("Chart.yaml", Metadata + line), ("templates/t.yaml", Deployment)));

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {}\n", "a Deployment must contain matchLabels or matchExpressions")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Web_1}\n", "object name does not conform to Kubernetes naming requirements: \"Web_1\"")]
    [InlineData("apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: web}\n", "batch/v1beta1 CronJob is unavailable in v1.25+ (write apiVersion: batch/v1)")]
    [InlineData("kind: ConfigMap\nmetadata: {name: web}\n", "the template writes an object without apiVersion or kind")]
    [InlineData("a: {{ .Values.none.deep }}\n", "nil pointer evaluating interface {}.deep")]
    public void Mistakes_of_templates_name_the_file(string template, string expected)
    {
        var finding = Assert.Single(Lint(("Chart.yaml", Metadata), ("templates/t.yaml", template)), f => f.Contains(expected, StringComparison.Ordinal));
        Assert.StartsWith("folder/templates/t.yaml", finding);
    }

    [Fact]
    public void Mistyped_values_are_found() => Assert.Equal(
        ["values.yaml:1:1: no template uses 'a'"],
        Lint(("Chart.yaml", Metadata), ("values.yaml", "a: 1"), ("templates/t.yaml", Deployment)));

    private static IEnumerable<string> Lint(params (string Path, string Text)[] files) =>
        ChartLint.Check(TestCharts.Load(files), "folder", new MapValue(), new ReleaseOptions { Name = "r", Namespace = "n" }).Select(d => d.ToString());
}
