using Weir.Values;

namespace Weir.Kubernetes.Client.Tests;

/// <summary>Sets of objects applied and deleted on a running server.</summary>
public sealed class ApplySetTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly MetadataSelector[] Kept = [new("example.org/prune", "disabled")];

    private ApplySet Set(Func<ApplySetOptions, ApplySetOptions>? change = null)
    {
        var options = new ApplySetOptions { FieldManager = "tests" };
        return new(server.Client, change?.Invoke(options) ?? options, new HealthWaiter(server.Client, static _ => Health.Current));
    }

    [Fact]
    public async Task The_first_apply_creates_and_the_second_changes_nothing()
    {
        MapValue[] objects = [RunningServer.ConfigMapOf("calm", "{a: '1'}")];
        var first = await Set().ApplyAllAsync(objects, Cancellation);
        Assert.Equal(ChangeAction.Created, Assert.Single(first).Action);
        var version = await VersionAsync("calm");
        var second = await Set().ApplyAllAsync(objects, Cancellation);
        Assert.Equal(ChangeAction.Unchanged, Assert.Single(second).Action);
        Assert.Equal(version, await VersionAsync("calm"));
    }

    [Fact]
    public async Task A_namespace_is_applied_before_what_lies_in_it()
    {
        var inside = RunningServer.Map("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: staged}}");
        var space = RunningServer.Map("{apiVersion: v1, kind: Namespace, metadata: {name: staged}}");
        var changes = await Set().ApplyAllAsync([inside, space], Cancellation);
        Assert.Equal(["Namespace/staged", "ConfigMap/staged/a"], changes.Select(c => c.Key.ToString()));
    }

    [Fact]
    public async Task Nothing_of_a_stage_is_applied_when_one_object_is_refused()
    {
        var bad = RunningServer.ConfigMapOf("Bad_Name");
        var error = await Assert.ThrowsAsync<ApplyFailedException>(() =>
            Set().ApplyAllAsync([RunningServer.ConfigMapOf("good"), bad], Cancellation));
        Assert.StartsWith("ConfigMap/default/Bad_Name dry-run failed (Invalid):", error.Message, StringComparison.Ordinal);
        Assert.Null(await server.Client.FindAsync(RunningServer.ConfigMap, "default", "good", Cancellation));
    }

    [Fact]
    public async Task Drift_is_corrected_unless_it_is_ignored()
    {
        MapValue[] objects = [RunningServer.ConfigMapOf("drifting", "{a: '1', b: '1'}")];
        await Set().ApplyAllAsync(objects, Cancellation);
        await server.Client.PatchAsync(
            RunningServer.ConfigMap, "default", "drifting", PatchType.Merge,
            new MapValue { ["data"] = new MapValue { ["b"] = "9" } }, new WriteOptions { FieldManager = "hand" }, Cancellation);
        var ignoring = Set(o => o with { Ignored = [new DriftIgnoreRule(["/data/b"], static _ => true)] });
        Assert.Equal(ChangeAction.Unchanged, Assert.Single(await ignoring.ApplyAllAsync(objects, Cancellation)).Action);
        Assert.Equal(ChangeAction.Configured, Assert.Single(await Set().ApplyAllAsync(objects, Cancellation)).Action);
        var after = await server.Client.GetAsync(RunningServer.ConfigMap, "default", "drifting", Cancellation);
        Assert.Equal("1", after.GetMap("data")!.GetString("b"));
    }

    [Fact]
    public async Task Deleting_spares_what_is_marked_and_what_belongs_to_others()
    {
        var own = new Dictionary<string, string> { ["owner"] = "me" };
        await server.Client.CreateAsync(RunningServer.ConfigMapOf("mine", metadata: "labels: {owner: me}"), WriteOptions.Default, Cancellation);
        await server.Client.CreateAsync(RunningServer.ConfigMapOf("theirs", metadata: "labels: {owner: you}"), WriteOptions.Default, Cancellation);
        await server.Client.CreateAsync(
            RunningServer.ConfigMapOf("marked", metadata: "labels: {owner: me}, annotations: {example.org/prune: disabled}"), WriteOptions.Default, Cancellation);
        var changes = await Set().DeleteAllAsync(
            new[] { "mine", "theirs", "marked", "absent" }.Select(n => (new ObjectKey("", "ConfigMap", "default", n), "v1")),
            own, Kept, "Background", Cancellation);
        Assert.Equal(
            ["absent Deleted", "marked Skipped", "mine Deleted", "theirs Skipped"],
            changes.Select(c => $"{c.Key.Name} {c.Action}").Order(StringComparer.Ordinal));
        Assert.Null(await server.Client.FindAsync(RunningServer.ConfigMap, "default", "mine", Cancellation));
        Assert.NotNull(await server.Client.FindAsync(RunningServer.ConfigMap, "default", "theirs", Cancellation));
    }

    private async Task<string?> VersionAsync(string name) =>
        (await server.Client.GetAsync(RunningServer.ConfigMap, "default", name, Cancellation)).GetMap("metadata")!.GetString("resourceVersion");
}
