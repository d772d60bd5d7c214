using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Getting;
using Weir.Cli.Help;
using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Cli.Commands;

/// <summary><c>weir get</c>: what Flux's objects say of themselves, printed as <c>flux get</c> prints it.</summary>
internal static class GetCommand
{
    private static readonly ClusterOptions Cluster = new();

    private static readonly Option<bool> AllNamespaces = new("--all-namespaces", "-A")
    {
        Description = "List the objects of every namespace",
        Recursive = true,
    };

    private static readonly Option<bool> NoHeader = new("--no-header")
    {
        Description = "Leave out the line of column names",
        Recursive = true,
    };

    private static readonly Option<string?> Status = new("--status-selector")
    {
        Description = "Only objects with this condition, such as ready=false or ready!=true",
        HelpName = "TYPE=STATUS",
        Recursive = true,
    };

    private static readonly Option<string?> LabelSelector = new("--label-selector", "-l")
    {
        Description = "Only objects with these labels",
        HelpName = "SELECTOR",
        Recursive = true,
    };

    private static readonly Option<bool> Watch = new("--watch", "-w")
    {
        Description = "Go on with changes until interrupted",
        Recursive = true,
    };

    private static readonly Option<bool> ShowSource = new("--show-source") { Description = "Show the source of each object" };

    // The order in which 'get all' lists kinds is that of flux.
    private static readonly KindDefinition[] Sources =
        [OciRepository.Definition, Bucket.Definition, GitRepository.Definition, HelmRepository.Definition, HelmChart.Definition, ExternalArtifact.Definition];

    private static readonly KindDefinition[] Appliers = [HelmRelease.Definition, Kustomization.Definition];

    public static Command Create()
    {
        var get = new WeirCommand("get", "Print Flux's objects and their status.")
        {
            Group = CommandGroup.Inspect,
            IsFluxVerb = true,
            Examples =
            [
                ("weir get all -A", "everything in every namespace"),
                ("weir get kustomizations --status-selector ready=false", "the Kustomizations that are not Ready"),
                ("weir get sources git flux-system", "one GitRepository"),
            ],
            ExitCodes = [(0, "printed"), (1, "nothing found, the cluster cannot be asked, or a selector is wrong")],
        };
        Cluster.AddTo(get);
        get.Options.Add(AllNamespaces);
        get.Options.Add(NoHeader);
        get.Options.Add(Status);
        get.Options.Add(LabelSelector);
        get.Options.Add(Watch);

        get.Subcommands.Add(Many("all", "Sources, Helm releases and Kustomizations.", [.. Sources, .. Appliers]));
        get.Subcommands.Add(One("kustomizations", ["ks", "kustomization"], Kustomization.Definition));
        get.Subcommands.Add(One("helmreleases", ["hr", "helmrelease"], HelmRelease.Definition));

        var sources = Many("sources", "Where artifacts come from.", Sources);
        sources.Aliases.Add("source");
        sources.Subcommands.Add(Many("all", "Every kind of source.", Sources));
        sources.Subcommands.Add(One("git", [], GitRepository.Definition));
        sources.Subcommands.Add(One("helm", [], HelmRepository.Definition));
        sources.Subcommands.Add(One("chart", [], HelmChart.Definition));
        sources.Subcommands.Add(One("oci", [], OciRepository.Definition));
        sources.Subcommands.Add(One("bucket", [], Bucket.Definition));
        sources.Subcommands.Add(One("external", [], ExternalArtifact.Definition));
        get.Subcommands.Add(sources);

        var artifacts = new WeirCommand("artifacts", "What makes artifacts of others.") { Aliases = { "artifact" } };
        artifacts.Subcommands.Add(One("generators", ["generator"], ArtifactGenerator.Definition));
        get.Subcommands.Add(artifacts);
        return get;
    }

    private static Command One(string name, string[] aliases, KindDefinition kind)
    {
        var objectName = new Argument<string?>("name") { Description = "Only the object of this name", Arity = ArgumentArity.ZeroOrOne };
        var command = new WeirCommand(name, $"{kind.Kind.Kind} objects.") { Arguments = { objectName } };
        foreach (var alias in aliases)
        {
            command.Aliases.Add(alias);
        }

        var hasSource = kind.Kind == Kustomization.Kind || kind.Kind == HelmRelease.Kind;
        if (hasSource)
        {
            command.Options.Add(ShowSource);
        }

        command.SetAction(async (result, cancellation) =>
        {
            using var client = Cluster.Connect(result);
            var columns = FluxColumns.Of(kind.Kind) with
            {
                Namespace = result.GetValue(AllNamespaces),
                SourceFirst = hasSource && result.GetValue(ShowSource),
            };
            var shown = new ShownObjects(client, result.InvocationConfiguration.Output, Filter(result), columns, !result.GetValue(NoHeader));
            var options = Options(result, result.GetValue(objectName));
            if (result.GetValue(Watch))
            {
                await shown.WatchAsync(kind, options, cancellation);
                return 0;
            }

            if (await shown.PrintAsync(kind, options, absentIsEmpty: false, cancellation) == 0)
            {
                var where = result.GetValue(AllNamespaces) ? "any" : $"\"{Cluster.Namespace(result)}\"";
                throw new CommandFailure(result.GetValue(objectName) is { } one
                    ? $"{kind.Kind.Kind} object '{one}' not found in {where} namespace"
                    : $"no {kind.Kind.Kind} objects found in {where} namespace");
            }

            return 0;
        });
        return command;
    }

    private static WeirCommand Many(string name, string description, KindDefinition[] kinds)
    {
        var command = new WeirCommand(name, description);
        command.SetAction(async (result, cancellation) =>
        {
            if (result.GetValue(Watch))
            {
                throw new CommandFailure($"expected a single resource type, but found {name}");
            }

            using var client = Cluster.Connect(result);
            foreach (var kind in kinds)
            {
                var columns = FluxColumns.Of(kind.Kind) with { Namespace = result.GetValue(AllNamespaces), Kind = true };
                await new ShownObjects(client, result.InvocationConfiguration.Output, Filter(result), columns, !result.GetValue(NoHeader))
                    .PrintAsync(kind, Options(result, null), absentIsEmpty: true, cancellation);
            }

            return 0;
        });
        return command;
    }

    private static StatusSelector? Filter(ParseResult result) => result.GetValue(Status) is { } text ? StatusSelector.Parse(text) : null;

    private static ListOptions Options(ParseResult result, string? name) => new()
    {
        Namespace = result.GetValue(AllNamespaces) ? "" : Cluster.Namespace(result),
        LabelSelector = result.GetValue(LabelSelector),
        FieldSelector = name is null ? null : $"metadata.name={name}",
    };
}
