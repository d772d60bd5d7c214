using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Managing;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;

namespace Weir.Cli.Commands;

/// <summary><c>weir suspend</c> and <c>weir resume</c>: stops and continues the reconciliation of objects.</summary>
internal static class SuspendCommand
{
    public static Command Create() => Create(
        "suspend",
        "Stop reconciling objects until they are resumed.",
        [("weir suspend helmrelease podinfo", "leave the release as it is"), ("weir suspend kustomization --all", "all of the namespace")],
        isSuspended: true);

    public static Command CreateResume() => Create(
        "resume",
        "Go on reconciling suspended objects, and wait until they are Ready.",
        [("weir resume helmrelease podinfo", "reconcile the release again"), ("weir resume source git --all", "all of the namespace")],
        isSuspended: false);

    private static WeirCommand Create(string name, string description, (string, string)[] examples, bool isSuspended)
    {
        var cluster = new ClusterOptions();
        var timeout = new TimeoutOption();
        var command = new WeirCommand(name, description)
        {
            Group = CommandGroup.Cluster,
            Examples = examples,
            ExitCodes = [(0, "done"), (1, "an object was not found, or did not become Ready")],
        };
        cluster.AddTo(command);
        timeout.AddTo(command);
        KindCommands.AddTo(command, k => $"{(isSuspended ? "Suspend" : "Resume")} {k.Kind.Kind} objects.", (verb, kind) =>
        {
            var names = new Argument<string[]>("name") { Description = "The objects' names", Arity = ArgumentArity.ZeroOrMore };
            var all = new Option<bool>("--all") { Description = "Every object of the namespace" };
            verb.Arguments.Add(names);
            verb.Options.Add(all);
            verb.SetAction(async (result, cancellation) =>
            {
                using var client = cluster.Connect(result);
                var space = cluster.Namespace(result);
                var wanted = result.GetValue(names) ?? [];
                if (wanted.Length == 0 && !result.GetValue(all))
                {
                    throw new CommandFailure($"{kind.Title} name is required");
                }

                if (wanted.Length == 0)
                {
                    wanted = await NamesAsync(client, kind, space, cancellation);
                }

                var log = result.InvocationConfiguration.Error;
                var hasFailed = wanted.Length == 0;
                foreach (var objectName in wanted.Distinct(StringComparer.Ordinal))
                {
                    try
                    {
                        await new ManagedObject(client, kind, space, objectName, log).SuspendAsync(isSuspended, timeout.Value(result), cancellation);
                    }
                    catch (CommandFailure e)
                    {
                        await log.WriteLineAsync($"✗ {e.Message}");
                        hasFailed = true;
                    }
                }

                if (wanted.Length == 0)
                {
                    await log.WriteLineAsync($"✗ no {kind.Kind.Kind} objects found in {space} namespace");
                }

                return hasFailed ? 1 : 0;
            });
        });
        return command;
    }

    private static async Task<string[]> NamesAsync(KubernetesClient client, ManagedKind kind, string space, CancellationToken cancellationToken)
    {
        try
        {
            var list = await client.ListAsync(kind.Kind, new() { Namespace = space }, cancellationToken);
            return [.. list.Items.Select(static o => o.Name())];
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new CommandFailure(e.Message);
        }
    }
}
