using System.Text;
using Weir.Values;

namespace Weir.Helm.Tests.Charts;

public sealed class ChartLoaderTests
{
    [Fact]
    public void Files_find_their_place()
    {
        var chart = TestCharts.Load(
            ("values.yaml", "a: 1"), ("values.schema.json", "{}"), ("templates/a.yaml", ""), ("crds/c.yaml", "kind: X"), ("README.md", "hi"),
            ("charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n"), ("charts/_skipped/Chart.yaml", "name: none"));
        Assert.Equal("app-1.2.3", chart.ToString());
        Assert.Equal(["templates/a.yaml"], chart.Templates.Select(t => t.Name));
        Assert.Equal(["crds/c.yaml", "README.md"], chart.Files.Select(f => f.Name));
        Assert.Equal(["child"], chart.Dependencies.Select(d => d.Name));
        Assert.NotNull(chart.Schema);
    }

    [Fact]
    public void A_byte_order_mark_is_dropped() => Assert.Equal("x", new ChartFile("a", new byte[] { 0xEF, 0xBB, 0xBF, (byte)'x' }).Text);

    [Fact]
    public void An_old_chart_has_its_dependencies_in_a_file_of_their_own()
    {
        var chart = TestCharts.Load(
            ("Chart.yaml", "apiVersion: v1\nname: app\nversion: 1.0.0\n"), ("requirements.yaml", "dependencies:\n- {name: child, version: 0.1.0}\n"),
            ("charts/child/Chart.yaml", "apiVersion: v1\nname: child\nversion: 0.1.0\n"));
        Assert.Equal("child", Assert.Single(chart.Metadata.Dependencies!)!.Name);
        Assert.Contains(chart.Files, f => f.Name == "requirements.yaml");
    }

    [Theory]
    [InlineData("name: app\nversion: 1.0.0\napiVersion: v2\ntype: plugin\n", "validation: chart.metadata.type must be application or library")]
    [InlineData("name: app\nversion: one\napiVersion: v2\n", "validation: chart.metadata.version \"one\" is invalid")]
    [InlineData("version: 1.0.0\napiVersion: v2\n", "validation: chart.metadata.name is required")]
    [InlineData("name: ..\nversion: 1.0.0\napiVersion: v2\n", "validation: chart.metadata.name \"..\" is not allowed")]
    [InlineData("name: app\nversion: 1.0.0\napiVersion: v2\ndependencies:\n- {name: a}\n- {name: a}\n", "validation: more than one dependency with name or alias \"a\"")]
    public void Says_what_is_wrong_with_Chart_yaml(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(TestCharts.Read(("Chart.yaml", text)).Diagnostics).Message);

    [Fact]
    public void Chart_yaml_must_be_there() =>
        Assert.Equal("Chart.yaml file is missing", Assert.Single(ChartLoader.LoadFiles([new ChartFile("values.yaml", Encoding.UTF8.GetBytes("a: 1"))]).Diagnostics).Message);

    [Fact]
    public void A_folder_is_read_without_what_helmignore_names()
    {
        var tree = new MemoryFileTree(new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["app/Chart.yaml"] = Encoding.UTF8.GetBytes(TestCharts.Metadata),
            ["app/.helmignore"] = Encoding.UTF8.GetBytes("*.bak\n"),
            ["app/templates/a.yaml"] = default,
            ["app/templates/a.yaml.bak"] = default,
        });
        var chart = ChartLoader.LoadDirectory(tree, "app").Result!;
        Assert.Equal(["templates/a.yaml"], chart.Templates.Select(t => t.Name));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        var limits = new ChartLimits { MaxFileBytes = 100 };
        var tree = new MemoryFileTree(new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["Chart.yaml"] = Encoding.UTF8.GetBytes(TestCharts.Metadata),
            ["big"] = new byte[101],
        });
        Assert.Equal("chart file \"big\" is larger than the maximum file size 100", Assert.Single(ChartLoader.LoadDirectory(tree, limits: limits).Diagnostics).Message);
    }
}
