using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Managing;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Commands;

/// <summary><c>weir export</c>: objects as YAML that can be committed.</summary>
internal static class ExportCommand
{
    private static readonly string[] KeptMetadata = ["annotations", "labels", "name", "namespace"];

    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var command = new WeirCommand("export", "Print objects as YAML for a repository, without status and server fields.")
        {
            Group = CommandGroup.Inspect,
            IsFluxVerb = true,
            Examples = [("weir export kustomization --all > kustomizations.yaml", "all of the namespace"), ("weir export source git flux-system", "one of them")],
            ExitCodes = [(0, "printed"), (1, "not found, or the cluster cannot be asked")],
        };
        cluster.AddTo(command);
        KindCommands.AddTo(command, static k => $"Print {k.Kind.Kind} objects.", (verb, kind) =>
        {
            var name = new Argument<string?>("name") { Description = "The object's name", Arity = ArgumentArity.ZeroOrOne };
            var all = new Option<bool>("--all") { Description = "Every object of the namespace" };
            verb.Arguments.Add(name);
            verb.Options.Add(all);
            verb.SetAction(async (result, cancellation) =>
            {
                using var client = cluster.Connect(result);
                var space = cluster.Namespace(result);
                var one = result.GetValue(name);
                if (one is null && !result.GetValue(all))
                {
                    throw new CommandFailure("name is required");
                }

                foreach (var value in await FindAsync(client, kind, space, one, cancellation))
                {
                    await result.InvocationConfiguration.Output.WriteAsync("---\n" + YamlWriter.Write(Exported(value)));
                }

                return 0;
            });
        }, withOthers: true);
        return command;
    }

    private static async Task<IReadOnlyList<MapValue>> FindAsync(
        KubernetesClient client, ManagedKind kind, string space, string? name, CancellationToken cancellationToken)
    {
        try
        {
            if (name is not null)
            {
                return [await client.GetAsync(kind.Kind, space, name, cancellationToken)];
            }

            var list = await client.ListAsync(kind.Kind, new() { Namespace = space }, cancellationToken);
            return list.Items.Count > 0 ? list.Items : throw new CommandFailure($"no objects found in {space} namespace");
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new CommandFailure(e.Message);
        }
    }

    private static MapValue Exported(MapValue value)
    {
        var metadata = new MapValue();
        foreach (var key in KeptMetadata)
        {
            if (value.GetMap("metadata")?[key] is { } field)
            {
                metadata[key] = field.DeepClone();
            }
        }

        metadata.GetMap("annotations")?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        if (metadata.GetMap("annotations") is { Count: 0 })
        {
            metadata.Remove("annotations");
        }

        return new()
        {
            ["apiVersion"] = value.GetString("apiVersion") ?? "",
            ["kind"] = value.GetString("kind") ?? "",
            ["metadata"] = metadata,
            ["spec"] = value.GetMap("spec")?.DeepClone() ?? new MapValue(),
        };
    }
}
