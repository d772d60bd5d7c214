using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Managing;

namespace Weir.Cli.Commands;

/// <summary><c>weir tree</c>: what an object applied, and what that applied.</summary>
internal static class TreeCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var command = new WeirCommand("tree", "Print what a Kustomization or a HelmRelease applied, as a tree.")
        {
            Group = CommandGroup.Inspect,
            Examples = [("weir tree kustomization flux-system", "everything below the root"), ("weir tree ks flux-system --compact", "only Kustomizations and HelmReleases")],
            ExitCodes = [(0, "printed"), (1, "not found, or the cluster cannot be asked")],
        };
        cluster.AddTo(command);
        foreach (var kind in ManagedKind.Appliers)
        {
            var name = new Argument<string>("name") { Description = "The object's name" };
            var compact = new Option<bool>("--compact") { Description = "Only Kustomizations and HelmReleases" };
            var verb = new WeirCommand(kind.Words[^1], $"Print what a {kind.Kind.Kind} applied.") { Arguments = { name }, Options = { compact } };
            foreach (var alias in kind.Aliases)
            {
                verb.Aliases.Add(alias);
            }

            verb.SetAction(async (result, cancellation) =>
            {
                using var client = cluster.Connect(result);
                var live = await new ManagedObject(client, kind, cluster.Namespace(result), result.GetValue(name)!, TextWriter.Null).GetAsync(cancellation);
                var tree = await InventoryTree.ReadAsync(client, live, result.GetValue(compact), cancellation);
                tree.Print(result.InvocationConfiguration.Output);
                return 0;
            });
            command.Subcommands.Add(verb);
        }

        return command;
    }
}
