using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Tracing;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;

namespace Weir.Cli.Commands;

/// <summary><c>weir trace</c>: which Flux object manages an object, and from which source it comes.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var words = new Argument<string[]>("object") { Description = "KIND NAME, or KIND/NAME once or more", Arity = ArgumentArity.OneOrMore };
        var kindName = new Option<string?>("--kind") { Description = "The object's kind, with --api-version and a name", HelpName = "KIND" };
        var apiVersion = new Option<string?>("--api-version") { Description = "The object's API version, such as apps/v1", HelpName = "VERSION" };
        var command = new WeirCommand("trace", "Follow an object back to the Kustomization or HelmRelease, the source and the revision that it comes from.")
        {
            Group = CommandGroup.Inspect,
            IsFluxVerb = true,
            Examples = [("weir trace deployment podinfo -n apps", "where this Deployment comes from"), ("weir trace cm/redis svc/redis -n redis", "more than one")],
            ExitCodes = [(0, "printed"), (1, "not found, not managed by Flux, or the cluster cannot be asked")],
            Arguments = { words },
            Options = { kindName, apiVersion },
        };
        cluster.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            using var client = cluster.Connect(result);
            var output = result.InvocationConfiguration.Output;
            var (kind, version) = (result.GetValue(kindName), result.GetValue(apiVersion));
            try
            {
                if (kind is not null || version is not null)
                {
                    var exact = GroupVersionKind.Of(
                        version ?? throw new CommandFailure("object apiVersion is required (--api-version)"),
                        kind ?? throw new CommandFailure("object kind is required (--kind)"));
                    await new ObjectTrace(client, output).PrintAsync(
                        await client.GetAsync(exact, cluster.Namespace(result), result.GetValue(words)![0], cancellation), cancellation);
                    return 0;
                }

                var isFirst = true;
                foreach (var (word, name) in Targets(result.GetValue(words)!))
                {
                    if (!isFirst)
                    {
                        await output.WriteLineAsync("---");
                    }

                    isFirst = false;
                    var resource = await FindKindAsync(client, word, cancellation);
                    await new ObjectTrace(client, output).PrintAsync(
                        await client.GetAsync(resource.Kind, resource.IsNamespaced ? cluster.Namespace(result) : "", name, cancellation), cancellation);
                }
            }
            catch (Exception e) when (e is ApiException or KindNotServedException)
            {
                throw new CommandFailure(e.Message);
            }

            return 0;
        });
        return command;
    }

    private static IEnumerable<(string Kind, string Name)> Targets(string[] words)
    {
        if (words.Length >= 2 && Array.TrueForAll(words, static w => !w.Contains('/', StringComparison.Ordinal)))
        {
            return words.Skip(1).Select(w => (words[0], w));
        }

        return words.Select(static w => w.Split('/', 2) is [var kind, var name] && name.Length > 0
            ? (kind, name)
            : throw new CommandFailure("either `<resource>/<name>` or `<resource> <name>` is required as an argument"));
    }

    private static async Task<ApiResource> FindKindAsync(KubernetesClient client, string word, CancellationToken cancellationToken) =>
        (await client.Mapper.AllAsync(cancellationToken)).FirstOrDefault(r =>
            string.Equals(r.Plural, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(r.Singular, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(r.Kind.Kind, word, StringComparison.OrdinalIgnoreCase)
            || r.ShortNames.Contains(word, StringComparer.OrdinalIgnoreCase)
            || string.Equals($"{r.Plural}.{r.Kind.Group}", word, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandFailure($"the server doesn't have a resource type \"{word}\"");
}
