using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Cli.Tests.Verbs;

/// <summary><c>weir reconcile</c>, <c>suspend</c> and <c>resume</c>: what they do to objects, what they print and how they end.</summary>
public sealed class ReconcileTests(LiveCluster cluster)
{
    [Fact]
    public async Task A_source_is_annotated_and_waited_for()
    {
        var (code, output, errors) = await cluster.RunAsync("reconcile", "source", "git", "fleet");
        Assert.Equal((0, ""), (code, output));
        Assert.Equal(
            "► annotating GitRepository fleet in flux-system namespace\n✔ GitRepository annotated\n"
            + $"◎ waiting for GitRepository reconciliation\n✔ fetched revision main@sha1:{cluster.Commit}\n",
            errors);
        var live = await cluster.GetAsync(GitRepository.Kind, "fleet");
        Assert.Equal(live.Annotation(Annotations.RequestedAt), live.GetMap("status")!.GetString("lastHandledReconcileAt"));
    }

    [Fact]
    public async Task With_source_the_source_comes_first()
    {
        var (code, _, errors) = await cluster.RunAsync("reconcile", "ks", "apps", "--with-source");
        Assert.Equal(0, code);
        Assert.Equal(
            "► annotating GitRepository fleet in flux-system namespace\n✔ GitRepository annotated\n"
            + $"◎ waiting for GitRepository reconciliation\n✔ fetched revision main@sha1:{cluster.Commit}\n"
            + "► annotating Kustomization apps in flux-system namespace\n✔ Kustomization annotated\n"
            + $"◎ waiting for Kustomization reconciliation\n✔ applied revision main@sha1:{cluster.Commit}\n",
            errors);
    }

    [Fact]
    public async Task A_release_with_source_reconciles_repository_and_chart_first()
    {
        var (code, _, errors) = await cluster.RunAsync("reconcile", "hr", "app", "--with-source", "--reset");
        Assert.Equal(0, code);
        Assert.Equal(
            ["annotating GitRepository fleet", "annotating HelmChart flux-system-app", "annotating HelmRelease app"],
            errors.Split('\n').Where(static l => l.StartsWith('►')).Select(static l => l[2..l.IndexOf(" in ", StringComparison.Ordinal)]));
        Assert.EndsWith("✔ applied revision 1.2.3\n", errors, StringComparison.Ordinal);
        var live = await cluster.GetAsync(HelmRelease.Kind, "app");
        Assert.Equal(live.Annotation(Annotations.RequestedAt), live.Annotation(Annotations.ResetAt));
        Assert.Null(live.Annotation(Annotations.ForceAt));
    }

    [Fact]
    public async Task A_failure_ends_the_wait_and_is_told()
    {
        var (code, _, errors) = await cluster.RunAsync("reconcile", "ks", "broken", "--timeout", "30s");
        Assert.Equal(1, code);
        Assert.Contains("\n✗ Kustomization reconciliation failed: kustomization path not found: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_static_object_has_nothing_to_reconcile()
    {
        var (code, _, errors) = await cluster.RunAsync("reconcile", "source", "helm", "registry");
        Assert.Equal((0, "✔ reconciliation not supported by the object\n"), (code, errors));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_a_failure()
    {
        var (code, _, errors) = await cluster.RunAsync("reconcile", "ks", "absent");
        Assert.Equal((1, "✗ kustomizations.kustomize.toolkit.fluxcd.io \"absent\" not found\n"), (code, errors));
    }

    [Fact]
    public async Task Suspended_objects_are_left_alone_until_they_are_resumed()
    {
        await cluster.CreateAsync(LiveCluster.GitRepository("paused"));
        await cluster.ReadyAsync(GitRepository.Kind, "paused", "True");
        var suspended = await cluster.RunAsync("suspend", "source", "git", "paused", "paused");
        Assert.Equal((0, "► suspending source git paused in flux-system namespace\n✔ source git suspended\n"), (suspended.Code, suspended.Errors));
        Assert.True((await cluster.GetAsync(GitRepository.Kind, "paused")).GetMap("spec")!.GetBool("suspend"));

        var refused = await cluster.RunAsync("reconcile", "source", "git", "paused");
        Assert.Equal((1, "✗ resource is suspended\n"), (refused.Code, refused.Errors));

        var resumed = await cluster.RunAsync("resume", "source", "git", "paused");
        Assert.Equal(0, resumed.Code);
        Assert.Equal(
            "► resuming source git paused in flux-system namespace\n✔ source git resumed\n◎ waiting for GitRepository reconciliation\n"
            + $"✔ GitRepository paused reconciliation completed\n✔ fetched revision main@sha1:{cluster.Commit}\n",
            resumed.Errors);
        Assert.NotEqual(true, (await cluster.GetAsync(GitRepository.Kind, "paused")).GetMap("spec")!.GetBool("suspend"));
        await cluster.Client.DeleteAsync(GitRepository.Kind, "flux-system", "paused", new(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Resuming_waits_for_many_only_when_asked_and_counts_those_that_failed()
    {
        await cluster.CreateAsync(LiveCluster.Kustomization("one", "./other"));
        await cluster.CreateAsync(LiveCluster.Kustomization("two", "./missing"));
        await cluster.ReadyAsync(Kustomization.Kind, "one", "True");
        Assert.Equal(0, (await cluster.RunAsync("suspend", "ks", "one", "two")).Code);
        var quick = await cluster.RunAsync("resume", "ks", "one", "two");
        Assert.Equal(0, quick.Code);
        Assert.DoesNotContain("waiting", quick.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await cluster.RunAsync("suspend", "ks", "one", "two")).Code);
        var waited = await cluster.RunAsync("resume", "ks", "one", "two", "--wait");
        Assert.Equal(1, waited.Code);
        Assert.Contains("✔ Kustomization one reconciliation completed\n", waited.Errors, StringComparison.Ordinal);
        Assert.Contains("✗ Kustomization two reconciliation failed: ", waited.Errors, StringComparison.Ordinal);
        Assert.EndsWith("✗ reconciliation failed for 1 Kustomization(s)\n", waited.Errors, StringComparison.Ordinal);
        foreach (var name in (string[])["one", "two"])
        {
            await cluster.Client.DeleteAsync(Kustomization.Kind, "flux-system", name, new(), TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("✗ kustomization name is required\n", "suspend", "ks")]
    [InlineData("✗ Kustomization absent not found in flux-system namespace\n", "suspend", "ks", "absent")]
    [InlineData("✗ Kustomization object 'absent' not found in flux-system namespace\n", "resume", "ks", "absent")]
    [InlineData("✗ no objects found\n", "suspend", "ks", "--all", "-n", "empty")]
    [InlineData("✗ no Kustomization objects found in empty namespace\n", "resume", "ks", "--all", "-n", "empty")]
    public async Task What_cannot_be_suspended_is_told(string message, params string[] arguments)
    {
        var (code, _, errors) = await cluster.RunAsync(arguments);
        Assert.Equal((1, message), (code, errors));
    }
}
