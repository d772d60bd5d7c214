using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Managing;
using Weir.Yaml;

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
            IsFluxVerb = true,
            Examples = [("weir tree kustomization flux-system", "everything below the root"), ("weir tree ks flux-system --compact", "only Kustomizations and HelmReleases")],
            ExitCodes = [(0, "printed"), (1, "not found, or the cluster cannot be asked")],
        };
        cluster.AddTo(command);
        foreach (var kind in ManagedKind.Appliers)
        {
            command.Subcommands.Add(Verb(kind, cluster, hasCompact: true));
        }

        command.Subcommands.Add(new WeirCommand("artifact", "What makes artifacts of others.")
        {
            Subcommands = { Verb(ManagedKind.Generator, cluster, hasCompact: false) },
        });
        return command;
    }

    private static WeirCommand Verb(ManagedKind kind, ClusterOptions cluster, bool hasCompact)
    {
        var name = new Argument<string>("name") { Description = "The object's name" };
        var compact = new Option<bool>("--compact") { Description = "Only Flux's objects" };
        var format = new Option<string?>("--output", "-o") { Description = "Print the tree in this format: json or yaml", HelpName = "FORMAT" };
        var verb = new WeirCommand(kind.Words[^1], $"Print what a {kind.Kind.Kind} applied.") { Arguments = { name }, Options = { format } };
        if (hasCompact)
        {
            verb.Options.Add(compact);
        }

        foreach (var alias in kind.Aliases)
        {
            verb.Aliases.Add(alias);
        }

        verb.SetAction(async (result, cancellation) =>
        {
            using var client = cluster.Connect(result);
            var live = await new ManagedObject(client, kind, cluster.Namespace(result), result.GetValue(name)!, TextWriter.Null).GetAsync(cancellation);
            var tree = await InventoryTree.ReadAsync(client, live, hasCompact && result.GetValue(compact), cancellation);
            var output = result.InvocationConfiguration.Output;
            switch (result.GetValue(format))
            {
                case "json":
                    await output.WriteLineAsync(JsonWriter.Write(tree.ToValue(), new() { Indent = "  " }));
                    break;
                case "yaml":
                    await output.WriteLineAsync(YamlWriter.Write(tree.ToValue()));
                    break;
                case null or "":
                    tree.Print(output);
                    await output.WriteLineAsync();
                    break;
                case var other:
                    throw new CommandFailure($"the output format '{other}' is not known; it is json or yaml");
            }

            return 0;
        });
        return verb;
    }
}
