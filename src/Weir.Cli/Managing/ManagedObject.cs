using System.Globalization;
using Weir.Cli.Getting;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Managing;

/// <summary>One Flux object of a cluster that a verb works on; what happens is told line by line.</summary>
internal sealed class ManagedObject(KubernetesClient client, ManagedKind kind, string space, string name, TextWriter log)
{
    private static readonly WriteOptions Options = new() { FieldManager = "flux" };

    /// <summary>Asks for a reconciliation, waits for it and tells what came of it. Throws <see cref="CommandFailure"/>.</summary>
    public async Task ReconcileAsync(TimeSpan timeout, string[] alsoAnnotated, CancellationToken cancellationToken)
    {
        var before = await GetAsync(cancellationToken);
        if (kind.Kind == HelmRepository.Kind && before.GetMap("spec")?.GetString("type") == "oci")
        {
            await log.WriteLineAsync("✔ reconciliation not supported by the object");
            return;
        }

        RefuseSuspended(before);
        await log.WriteLineAsync($"► annotating {kind.Kind.Kind} {name} in {space} namespace");
        var token = DateTimeOffset.Now.ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture);
        var annotations = new MapValue { [Annotations.RequestedAt] = token };
        foreach (var annotation in alsoAnnotated)
        {
            annotations[annotation] = token;
        }

        await PatchAsync(new MapValue { ["metadata"] = new MapValue { ["annotations"] = annotations } }, cancellationToken);
        await log.WriteLineAsync($"✔ {kind.Kind.Kind} annotated");
        await log.WriteLineAsync($"◎ waiting for {kind.Kind.Kind} reconciliation");
        var after = await WaitAsync(
            value => value.GetMap("status")?.GetString("lastHandledReconcileAt") == token && IsSettled(value), timeout, cancellationToken);
        if (Failure(after) is { } failure)
        {
            throw new CommandFailure($"{kind.Kind.Kind} reconciliation failed: {(kind.Words[0] == "source" && kind.Kind != HelmChart.Kind ? $"'{failure}'" : failure)}");
        }

        await log.WriteLineAsync($"✔ {kind.Success(after)}");
    }

    /// <summary>Throws <see cref="CommandFailure"/> when the object is suspended.</summary>
    public static void RefuseSuspended(MapValue value)
    {
        if (value.GetMap("spec")?.GetBool("suspend") == true)
        {
            throw new CommandFailure("resource is suspended");
        }
    }

    /// <summary>Suspends or resumes the object. Throws <see cref="CommandFailure"/>.</summary>
    public async Task SuspendAsync(bool isSuspended, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"► {(isSuspended ? "suspending" : "resuming")} {kind.Title} {name} in {space} namespace");
        await PatchAsync(new MapValue { ["spec"] = new MapValue { ["suspend"] = isSuspended } }, cancellationToken);
        await log.WriteLineAsync($"✔ {kind.Title} {(isSuspended ? "suspended" : "resumed")}");
    }

    /// <summary>Waits until a resumed object was reconciled, and tells what came of it. Throws <see cref="CommandFailure"/>.</summary>
    public async Task WaitForResumeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"◎ waiting for {kind.Kind.Kind} reconciliation");
        var isStatic = kind.Kind == HelmRepository.Kind;
        var after = await WaitAsync(
            value => (isStatic && value.GetMap("spec")?.GetString("type") == "oci")
                || (IsSettled(value) && (value.GetMap("status")?.GetInt("observedGeneration") == Generation(value) || Failure(value) is not null)),
            timeout,
            cancellationToken);
        if (Failure(after) is { } failure)
        {
            throw new CommandFailure($"{kind.Kind.Kind} {name} reconciliation failed: {failure}");
        }

        await log.WriteLineAsync($"✔ {kind.Kind.Kind} {name} reconciliation completed");
        await log.WriteLineAsync($"✔ {kind.Success(after)}");
    }

    public async Task<MapValue> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(kind.Kind, space, name, cancellationToken);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new CommandFailure(e.Message) { IsNotFound = e is ApiException { IsNotFound: true } };
        }
    }

    private static string? Failure(MapValue value) =>
        FluxRow.Condition(value.GetMap("status"), "Ready") is { } ready && ready.GetString("status") == "False" ? ready.GetString("message") ?? "" : null;

    private async Task PatchAsync(MapValue patch, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync(kind.Kind, space, name, PatchType.Merge, patch, Options, cancellationToken);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new CommandFailure(e.Message);
        }
    }

    private async Task<MapValue> WaitAsync(Func<MapValue, bool> isDone, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var options = new ListOptions { Namespace = space, FieldSelector = $"metadata.name={name}" };
        try
        {
            while (true)
            {
                var list = await client.ListAsync(kind.Kind, options, limit.Token);
                if (list.Items.Count > 0 && isDone(list.Items[0]))
                {
                    return list.Items[0];
                }

                await foreach (var change in client.WatchAsync(kind.Kind, options, list.ResourceVersion, limit.Token))
                {
                    if (change.Type is WatchEventType.Added or WatchEventType.Modified && isDone(change.Object))
                    {
                        return change.Object;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"timed out waiting for {kind.Kind.Kind} {name}");
        }
        catch (ApiException e)
        {
            throw new CommandFailure(e.Message);
        }
    }

    // Ready must be about the object as it is now.
    private static bool IsSettled(MapValue value) =>
        FluxRow.Condition(value.GetMap("status"), "Ready") is { } ready
        && ready.GetString("status") is "True" or "False"
        && (ready.GetInt("observedGeneration") ?? Generation(value)) == Generation(value);

    private static long? Generation(MapValue value) => value.GetMap("metadata")?.GetInt("generation");
}
