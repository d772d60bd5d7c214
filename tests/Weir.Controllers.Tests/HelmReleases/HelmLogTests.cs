using Weir.Values;

namespace Weir.Controllers.Tests.HelmReleases;

/// <summary>The log that ends events of failures.</summary>
public sealed class HelmLogTests
{
    [Fact]
    public void The_last_ten_lines_stand_behind_the_message()
    {
        var log = new HelmLog(TimeProvider.System);
        Assert.Equal("failed", log.Append("failed"));
        for (var i = 0; i < 12; i++)
        {
            log.Add($"line {i}");
        }

        var text = log.Append("failed");
        Assert.StartsWith("failed\n\nLast Helm logs:\n\n", text, StringComparison.Ordinal);
        Assert.Equal(10, text.Split('\n').Count(static l => l.EndsWith(": {}", StringComparison.Ordinal)));
        Assert.DoesNotContain("line 1:", text, StringComparison.Ordinal);
        Assert.EndsWith("line 11: {}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_is_named_as_Helm_names_it()
    {
        var log = new HelmLog(TimeProvider.System);
        var value = new MapValue
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new MapValue { ["name"] = "web", ["namespace"] = "apps" },
        };
        log.Add("Error patching resource", new ReleaseObject(value, IsNamespaced: true), isError: true);
        Assert.EndsWith(
            "Error patching resource: {\"error\":{},\"gvk\":\"apps/v1, Kind=Deployment\",\"name\":\"web\",\"namespace\":\"apps\"}",
            log.Append(""),
            StringComparison.Ordinal);
    }
}
