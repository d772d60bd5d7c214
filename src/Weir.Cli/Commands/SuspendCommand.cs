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
            IsFluxVerb = true,
            Examples = examples,
            ExitCodes = [(0, "done"), (1, "an object was not found, or did not become Ready")],
        };
        cluster.AddTo(command);
        timeout.AddTo(command);
        KindCommands.AddTo(command, k => $"{(isSuspended ? "Suspend" : "Resume")} {k.Kind.Kind} objects.", (verb, kind) =>
        {
            var names = new Argument<string[]>("name") { Description = "The objects' names", Arity = ArgumentArity.ZeroOrMore };
            var all = new Option<bool>("--all") { Description = "Every object of the namespace" };
            var wait = new Option<bool?>("--wait") { Description = "Wait until each is Ready; a single named object is waited for anyway", Arity = ArgumentArity.ZeroOrOne };
            verb.Arguments.Add(names);
            verb.Options.Add(all);
            if (!isSuspended)
            {
                verb.Options.Add(wait);
            }

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

                var log = TextWriter.Synchronized(result.InvocationConfiguration.Error);
                wanted = [.. wanted.Distinct(StringComparer.Ordinal)];
                var changed = new List<ManagedObject>();
                foreach (var objectName in wanted)
                {
                    var target = new ManagedObject(client, kind, space, objectName, log);
                    try
                    {
                        await target.GetAsync(cancellation);
                        await target.SuspendAsync(isSuspended, cancellation);
                        changed.Add(target);
                    }
                    catch (CommandFailure e)
                    {
                        await log.WriteLineAsync(Failure(kind, space, objectName, isSuspended, e));
                    }
                }

                if (wanted.Length == 0)
                {
                    throw new CommandFailure(isSuspended ? "no objects found" : $"no {kind.Kind.Kind} objects found in {space} namespace");
                }

                var waits = !isSuspended && (result.GetValue(wait) ?? (result.GetResult(wait) is not null || (!result.GetValue(all) && wanted.Length == 1)));
                var failures = waits ? await WaitAsync(changed, timeout.Value(result), log, cancellation) : 0;
                if (failures > 0)
                {
                    throw new CommandFailure($"reconciliation failed for {failures} {kind.Kind.Kind}(s)");
                }

                return changed.Count < wanted.Length ? 1 : 0;
            });
        });
        return command;
    }

    private static string Failure(ManagedKind kind, string space, string name, bool isSuspended, CommandFailure e) =>
        !e.IsNotFound ? $"✗ failed {(isSuspended ? "suspending" : "resuming")} {kind.Kind.Kind} {name} in {space} namespace: {e.Message}"
        : isSuspended ? $"✗ {kind.Kind.Kind} {name} not found in {space} namespace"
        : $"✗ {kind.Kind.Kind} object '{name}' not found in {space} namespace";

    private static async Task<int> WaitAsync(List<ManagedObject> objects, TimeSpan timeout, TextWriter log, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(objects.Select(async o =>
        {
            try
            {
                await o.WaitForResumeAsync(timeout, cancellationToken);
                return null;
            }
            catch (CommandFailure e)
            {
                return e.Message;
            }
        }));
        var failures = results.OfType<string>().ToList();
        foreach (var failure in failures)
        {
            await log.WriteLineAsync($"✗ {failure}");
        }

        return failures.Count;
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
