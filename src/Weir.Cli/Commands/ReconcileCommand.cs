using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Managing;
using Weir.Flux;
using Weir.Kubernetes;
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
            if (kind.Words[0] != "source")
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
                if (verb.Options.Contains(withSource) && result.GetValue(withSource))
                {
                    var (source, sourceSpace, sourceName) = SourceOf(await target.GetAsync(cancellation), space);
                    await new ManagedObject(client, source, sourceSpace, sourceName, log).ReconcileAsync(limit, [], cancellation);
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

    private static (ManagedKind Kind, string Namespace, string Name) SourceOf(MapValue value, string space)
    {
        var spec = value.GetMap("spec");
        var reference = spec?.GetMap("sourceRef") ?? spec?.GetMap("chartRef") ?? spec?.GetMap("chart")?.GetMap("spec")?.GetMap("sourceRef");
        var kind = reference?.GetString("kind") ?? "";
        return ManagedKind.Find(kind) is { } found && reference?.GetString("name") is { } name
            ? (found, reference.GetString("namespace") ?? space, name)
            : throw new CommandFailure($"the source of {value.GetString("kind")}/{value.Name()} is a '{kind}', which cannot be reconciled");
    }
}
