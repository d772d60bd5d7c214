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

    private static readonly Option<string?> StatusSelector = new("--status-selector")
    {
        Description = "Only objects with this condition, such as ready=false",
        HelpName = "TYPE=STATUS",
        Recursive = true,
    };

    // The order in which 'get all' lists kinds is that of flux.
    private static readonly KindDefinition[] Sources =
        [OciRepository.Definition, Bucket.Definition, GitRepository.Definition, HelmRepository.Definition, HelmChart.Definition];

    private static readonly KindDefinition[] Appliers = [HelmRelease.Definition, Kustomization.Definition];

    public static Command Create()
    {
        var get = new WeirCommand("get", "Print Flux's objects and their status.")
        {
            Group = CommandGroup.Inspect,
            Examples =
            [
                ("weir get all -A", "everything in every namespace"),
                ("weir get kustomizations --status-selector ready=false", "the Kustomizations that are not Ready"),
                ("weir get sources git flux-system", "one GitRepository"),
            ],
            ExitCodes = [(0, "printed, also when there is nothing"), (1, "the cluster cannot be asked, or the selector is wrong")],
        };
        Cluster.AddTo(get);
        get.Options.Add(AllNamespaces);
        get.Options.Add(NoHeader);
        get.Options.Add(StatusSelector);

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
        get.Subcommands.Add(sources);
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

        command.SetAction((result, cancellation) => PrintAsync(result, [kind], result.GetValue(objectName), withKind: false, cancellation));
        return command;
    }

    private static WeirCommand Many(string name, string description, KindDefinition[] kinds)
    {
        var command = new WeirCommand(name, description);
        command.SetAction((result, cancellation) => PrintAsync(result, kinds, null, withKind: true, cancellation));
        return command;
    }

    private static async Task<int> PrintAsync(
        ParseResult result, KindDefinition[] kinds, string? name, bool withKind, CancellationToken cancellationToken)
    {
        var selector = result.GetValue(StatusSelector)?.Split('=', 2);
        if (selector is { Length: 1 })
        {
            throw new CommandFailure($"expected status selector in type=status format, but found: {selector[0]}");
        }

        var everywhere = result.GetValue(AllNamespaces);
        var space = Cluster.Namespace(result);
        var output = result.InvocationConfiguration.Output;
        using var client = Cluster.Connect(result);
        foreach (var kind in kinds)
        {
            var options = new ListOptions
            {
                Namespace = everywhere ? "" : space,
                FieldSelector = name is null ? null : $"metadata.name={name}",
            };
            var objects = await ListAsync(client, kind, options, withKind, cancellationToken);
            var rows = objects
                .Where(o => selector is null || FluxRow.Matches(o, selector[0], selector[1]))
                .Select(FluxRow.Of).ToList();
            if (rows.Count > 0)
            {
                FluxTable.Print(output, rows, everywhere, withKind, !result.GetValue(NoHeader));
                if (withKind)
                {
                    output.WriteLine();
                }
            }
            else if (!withKind)
            {
                var where = everywhere ? "any" : $"\"{space}\"";
                await result.InvocationConfiguration.Error.WriteLineAsync(name is null
                    ? $"✗ no {kind.Kind.Kind} objects found in {where} namespace"
                    : $"✗ {kind.Kind.Kind} object '{name}' not found in {where} namespace");
            }
        }

        return 0;
    }

    private static async Task<IReadOnlyList<Values.MapValue>> ListAsync(
        KubernetesClient client, KindDefinition kind, ListOptions options, bool absentIsEmpty, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.ListAsync(kind.Kind, options, cancellationToken)).Items;
        }
        catch (KindNotServedException) when (absentIsEmpty)
        {
            return [];
        }
        catch (KindNotServedException e)
        {
            throw new CommandFailure($"{e.Message}; is the engine installed in this cluster?");
        }
        catch (ApiException e)
        {
            throw new CommandFailure(e.Message);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailure($"cannot reach {client.Connection.Server}: {e.Message}");
        }
    }
}
