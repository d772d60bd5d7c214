namespace Weir.EndToEnd.Tests;

/// <summary>A kill at any moment loses nothing: the next start converges to the same state.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(700)]
    [InlineData(1100)]
    [InlineData(1500)]
    [InlineData(2000)]
    [InlineData(2600)]
    public async Task After_a_kill_the_next_start_converges_and_nothing_is_orphaned(int milliseconds)
    {
        Requires.Kubectl();
        using var fleet = TestFleet.Small().WithChart();
        fleet.Commit();
        var data = Path.Combine(fleet.Folder, ".data");
        await using (var first = fleet.Up("--data-dir", data))
        {
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            await first.KillAsync();
        }

        // What the killed run may have applied is dropped from the repository: it must be found and pruned.
        fleet.Delete("apps/config.yaml");
        fleet.Write("apps/other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n  namespace: default");
        var commit = fleet.Commit();
        await using var second = fleet.Up("--data-dir", data);
        await second.SeesAsync($"Kustomization/flux-system/apps Applied revision: main@sha1:{commit[..8]}", TimeSpan.FromSeconds(60));
        var names = fleet.Kubectl("get", "cm", "-n", "default", "-o", "name").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["configmap/app-chart", "configmap/kube-root-ca.crt", "configmap/other"], names.Order(StringComparer.Ordinal));

        // Whatever the kill left of the release is finished: one revision is deployed, older ones are superseded.
        var statuses = fleet.Kubectl("get", "secret", "-n", "default", "-l", "owner=helm", "-o", "jsonpath={.items[*].metadata.labels.status}");
        Assert.Equal(["deployed"], statuses.Split(' ').Where(s => s != "superseded"));
    }
}
