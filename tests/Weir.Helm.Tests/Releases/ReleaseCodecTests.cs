using Weir.Values;

namespace Weir.Helm.Tests.Releases;

public sealed class ReleaseCodecTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_record_comes_back_as_it_was_kept()
    {
        var record = Record();
        var back = ReleaseCodec.Decode(ReleaseCodec.Encode(record), record.SecretLabels(created: Now)).Result!;
        Assert.Equal(TestCharts.Json(ReleaseCodec.ToValue(record)), TestCharts.Json(ReleaseCodec.ToValue(back)));
        Assert.Equal(("app", "1.2.3", ReleaseStatus.Deployed), (back.ChartName, back.ChartVersion, back.Status));
        Assert.Equal("one", Assert.Single(back.Hooks).Name);
        Assert.Equal("mine", Assert.Single(back.Labels).Value);
    }

    [Fact]
    public void The_record_has_the_fields_of_helm()
    {
        var value = ReleaseCodec.ToValue(Record());
        Assert.Equal(["name", "info", "chart", "config", "manifest", "hooks", "version", "namespace", "apply_method"], value.Keys);
        Assert.Equal(["metadata", "lock", "templates", "values", "schema", "schemamodtime", "files"], value.GetMap("chart")!.Keys);
        Assert.Equal("2026-01-02T03:04:05Z", value.GetMap("info")!.GetString("first_deployed"));
    }

    [Fact]
    public void The_secret_is_found_by_its_labels()
    {
        var record = Record();
        Assert.Equal("sh.helm.release.v1.rel.v1", record.SecretName);
        var labels = record.SecretLabels(created: Now);
        Assert.Equal(("rel", "helm", "deployed", "1", "1767323045"), (labels["name"], labels["owner"], labels["status"], labels["version"], labels["createdAt"]));
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("H4sIAAAA")]
    [InlineData("W10=")]
    public void What_is_no_release_is_refused(string text) => Assert.True(ReleaseCodec.Decode(text).HasErrors);

    private static ReleaseRecord Record()
    {
        var chart = TestCharts.Load(
            ("values.yaml", "a: 1"),
            ("templates/a.yaml", "kind: Pod\n"),
            ("templates/b.yaml", "kind: Job\nmetadata: {name: one, annotations: {helm.sh/hook: pre-install}}\n"));
        var record = ReleaseRecord.Of(chart, TestCharts.Render(chart), new ReleaseOptions { Name = "rel", Namespace = "ns" }, TestCharts.Map("{a: 2}"), Now);
        return record with { Status = ReleaseStatus.Deployed, Labels = new Dictionary<string, string> { ["team"] = "mine" } };
    }
}
