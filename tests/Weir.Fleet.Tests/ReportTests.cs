using System.Xml.Linq;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet.Tests;

/// <summary>The forms of a report.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task A_unified_diff_can_be_read_by_the_programs_that_read_diffs()
    {
        var report = await ChangedAsync();
        var output = new StringWriter { NewLine = "\n" };
        UnifiedReport.Write(report, output);
        Assert.Contains("--- a/one/Kustomization/flux-system/apps/ConfigMap/default/config\n+++ b/one/Kustomization/flux-system/apps/ConfigMap/default/config\n@@ -1,", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n-  color: blue\n+  color: red\n", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_500)]
    [InlineData(100_000)]
    public async Task A_comment_keeps_to_its_size_and_counts_what_it_cut(int budget)
    {
        var report = await ChangedAsync(many: 40);
        var text = MarkdownReport.Write(report, new() { Budget = budget });
        Assert.True(text.Length <= budget, $"{text.Length} characters");
        Assert.Equal(budget < 10_000, text.Contains("_Cut to fit: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task JSON_SARIF_code_quality_and_JUnit_are_well_formed()
    {
        var report = await ChangedAsync(zero: true);
        var json = (MapValue)JsonReader.Read(JsonReport.Write(report)).Result!;
        Assert.Equal(2, json.GetMap("summary")!.GetInt("applications"));
        var sarif = (MapValue)JsonReader.Read(SarifReport.Write(report, "1.0.0")).Result!;
        Assert.Equal("2.1.0", sarif.GetString("version"));
        var quality = (ListValue)JsonReader.Read(CodeQualityReport.Write(report)).Result!;
        var issue = (MapValue)quality.Single(i => ((MapValue)i).GetString("check_name") == "replicas-zero");
        Assert.Equal(40, issue.GetString("fingerprint")!.Length);
        var junit = XDocument.Parse(JUnitReport.Write(report));
        Assert.Equal(2, junit.Descendants("testcase").Count());
    }

    public static TheoryData<string> Hostile => [.. Reports.Hostile];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Every_form_takes_any_text(string text)
    {
        var report = Reports.Of(text);
        UnifiedReport.Write(report, TextWriter.Null);
        Assert.IsType<MapValue>(JsonReader.Read(JsonReport.Write(report)).Result);
        Assert.IsType<MapValue>(JsonReader.Read(SarifReport.Write(report, "1.0.0")).Result);
        Assert.IsType<ListValue>(JsonReader.Read(CodeQualityReport.Write(report)).Result);
        Assert.Equal(2, XDocument.Parse(JUnitReport.Write(report)).Descendants("testcase").Count());
        Assert.All(DotenvReport.Write(report, FindingSeverity.Error).TrimEnd().Split('\n'), static l => Assert.Matches("^WEIR_[A-Z]+=[a-z0-9]+$", l));
        Assert.All(MetricsReport.Write(report).TrimEnd().Split('\n'), static l => Assert.Matches("^(# |weir_)", l));
    }

    [Fact]
    public void Files_of_findings_are_named_from_the_root_of_the_repository()
    {
        var report = Reports.Of("a file.yaml") with { Folder = "fleets/main" };
        Assert.Contains("\"path\":\"fleets/main/a file.yaml\"", CodeQualityReport.Write(report), StringComparison.Ordinal);
        Assert.Contains("\"uri\":\"fleets/main/a%20file.yaml\"", SarifReport.Write(report, "1.0.0"), StringComparison.Ordinal);
    }

    private static async Task<FleetReport> ChangedAsync(int many = 0, bool zero = false)
    {
        using var repository = new Repository();
        for (var i = 0; i < many; i++)
        {
            repository.Write($"apps/many-{i}.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: many-{i}, namespace: default}}\ndata: {{a: '1'}}");
        }

        var from = repository.Commit();
        for (var i = 0; i < many; i++)
        {
            repository.Replace($"apps/many-{i}.yaml", "a: '1'", "a: '2'");
        }

        repository.Replace("apps/config.yaml", "${color}", "red");
        if (zero)
        {
            repository.Replace("apps/release.yaml", "replicas: 2", "replicas: 0");
        }

        return await repository.DiffAsync(from, repository.Commit());
    }
}
