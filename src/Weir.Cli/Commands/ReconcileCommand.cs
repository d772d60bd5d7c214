using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Managing;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir reconcile</c>: asks for a reconciliation now and waits for it.</summary>
internal static class ReconcileCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var timeout = new TimeoutOption();
        var command = new WeirCommand("reconcile", "Reconcile an object now, and wait until it is done.")
        {
            Group = CommandGroup.Cluster,
            IsFluxVerb = true,
            Examples =
            [
                ("weir reconcile kustomization apps --with-source", "fetch the source first, then apply"),
                ("weir reconcile helmrelease podinfo --force", "upgrade even when nothing changed"),
                ("weir reconcile source git flux-system", "look at the repository now"),
            ],
            ExitCodes = [(0, "reconciled, and Ready"), (1, "not found, suspended, failed, or not done in time")],
        };
        cluster.AddTo(command);
        timeout.AddTo(command);
        KindCommands.AddTo(command, static k => $"Reconcile a {k.Kind.Kind}.", (verb, kind) =>
        {
            var name = new Argument<string>("name") { Description = "The object's name" };
            var withSource = new Option<bool>("--with-source") { Description = "Reconcile the source first" };
            var force = new Option<bool>("--force") { Description = "Release once, whatever the state" };
            var reset = new Option<bool>("--reset") { Description = "Forget failures" };
            verb.Arguments.Add(name);
            if (kind.Words[0] != "source" || kind.Kind == HelmChart.Kind)
            {
                verb.Options.Add(withSource);
            }

            if (kind.Kind == HelmRelease.Kind)
            {
                verb.Options.Add(force);
                verb.Options.Add(reset);
            }

            verb.SetAction(async (result, cancellation) =>
            {
                using var client = cluster.Connect(result);
                var log = result.InvocationConfiguration.Error;
                var space = cluster.Namespace(result);
                var limit = timeout.Value(result);
                var target = new ManagedObject(client, kind, space, result.GetValue(name)!, log);
                if (result.GetValue(withSource))
                {
                    var live = await target.GetAsync(cancellation);
                    ManagedObject.RefuseSuspended(live);
                    await ReconcileSourceAsync(client, live, limit, log, cancellation);
                }

                List<string> annotations = [];
                if (kind.Kind == HelmRelease.Kind)
                {
                    annotations.AddRange(result.GetValue(force) ? [Annotations.ForceAt] : []);
                    annotations.AddRange(result.GetValue(reset) ? [Annotations.ResetAt] : []);
                }

                await target.ReconcileAsync(limit, [.. annotations], cancellation);
                return 0;
            });
        });
        return command;
    }

    // A release's source is its chart, and the chart's is a repository.
    private static async Task ReconcileSourceAsync(KubernetesClient client, MapValue value, TimeSpan limit, TextWriter log, CancellationToken cancellationToken)
    {
        var source = value.GetMap("spec")?.GetMap("chart") is not null && value.GroupVersionKind() == HelmRelease.Kind
            ? new SourceReference(HelmChart.Kind.Kind, SourceReference.Of(value)?.Namespace ?? value.Namespace(), $"{value.Namespace()}-{value.Name()}")
            : SourceReference.Of(value);
        if (source is null || ManagedKind.Find(source.Kind) is not { } kind)
        {
            throw new CommandFailure($"cannot reconcile source of kind {source?.Kind}");
        }

        var target = new ManagedObject(client, kind, source.Namespace, source.Name, log);
        if (kind.Kind == HelmChart.Kind)
        {
            var chart = await target.GetAsync(cancellationToken);
            ManagedObject.RefuseSuspended(chart);
            await ReconcileSourceAsync(client, chart, limit, log, cancellationToken);
        }

        await target.ReconcileAsync(limit, [], cancellationToken);
    }
}
