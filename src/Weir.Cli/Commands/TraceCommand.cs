using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Getting;
using Weir.Cli.Help;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir trace</c>: which Flux object manages an object, and from which source it comes.</summary>
internal static class TraceCommand
{
    private const int Width = 17;

    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var words = new Argument<string[]>("object") { Description = "KIND NAME, or KIND/NAME once or more", Arity = ArgumentArity.OneOrMore };
        var command = new WeirCommand("trace", "Follow an object back to the Kustomization or HelmRelease, the source and the revision that it comes from.")
        {
            Group = CommandGroup.Inspect,
            Examples = [("weir trace deployment podinfo -n apps", "where this Deployment comes from"), ("weir trace cm/redis svc/redis -n redis", "more than one")],
            ExitCodes = [(0, "printed"), (1, "not found, not managed by Flux, or the cluster cannot be asked")],
            Arguments = { words },
        };
        cluster.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            using var client = cluster.Connect(result);
            var output = result.InvocationConfiguration.Output;
            var isFirst = true;
            try
            {
                foreach (var (kind, name) in Targets(result.GetValue(words)!))
                {
                    if (!isFirst)
                    {
                        await output.WriteLineAsync("---");
                    }

                    isFirst = false;
                    await TraceAsync(client, output, kind, cluster.Namespace(result), name, cancellation);
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
        if (words.Length == 2 && !words[0].Contains('/', StringComparison.Ordinal))
        {
            return [(words[0], words[1])];
        }

        return words.Select(static w => w.Split('/', 2) is [var kind, var name] && name.Length > 0
            ? (kind, name)
            : throw new CommandFailure("either `<resource>/<name>` or `<resource> <name>` is required as an argument"));
    }

    private static async Task TraceAsync(
        KubernetesClient client, TextWriter output, string word, string space, string name, CancellationToken cancellationToken)
    {
        var resource = (await client.Mapper.AllAsync(cancellationToken)).FirstOrDefault(r =>
            string.Equals(r.Plural, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(r.Singular, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(r.Kind.Kind, word, StringComparison.OrdinalIgnoreCase)
            || r.ShortNames.Contains(word, StringComparer.OrdinalIgnoreCase))
            ?? throw new CommandFailure($"the server doesn't have a resource type \"{word}\"");
        var live = await client.GetAsync(resource.Kind, resource.IsNamespaced ? space : "", name, cancellationToken);
        var manager = await ManagerAsync(client, live, cancellationToken)
            ?? throw new CommandFailure($"failed to trace {live.GetString("kind")}/{name} in namespace {space}: object not managed by Flux");
        Line(output, "Object", $"{live.GetString("kind")}/{name}");
        if (live.Namespace().Length > 0)
        {
            Line(output, "Namespace", live.Namespace());
        }

        Line(output, "Status", "Managed by Flux");
        await PrintAsync(client, output, manager, cancellationToken);
    }

    // An object without marks may belong to one that has them.
    private static async Task<MapValue?> ManagerAsync(KubernetesClient client, MapValue value, CancellationToken cancellationToken)
    {
        foreach (var kind in (GroupVersionKind[])[Kustomization.Kind, HelmRelease.Kind])
        {
            if (value.Label($"{kind.Group}/name") is { } name && value.Label($"{kind.Group}/namespace") is { } space)
            {
                return await client.GetAsync(kind, space, name, cancellationToken);
            }
        }

        foreach (var item in value.GetMap("metadata")?.GetList("ownerReferences") ?? [])
        {
            if (item is MapValue owner
                && await client.FindAsync(
                    GroupVersionKind.Of(owner.GetString("apiVersion") ?? "", owner.GetString("kind") ?? ""),
                    value.Namespace(),
                    owner.GetString("name") ?? "",
                    cancellationToken) is { } parent
                && await ManagerAsync(client, parent, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task PrintAsync(KubernetesClient client, TextWriter output, MapValue value, CancellationToken cancellationToken)
    {
        var spec = value.GetMap("spec") ?? [];
        var status = value.GetMap("status") ?? [];
        Head(output, value);
        Optional(output, "Target", spec.GetString("targetNamespace"));
        Optional(output, "Path", spec.GetString("path"));
        Optional(output, "Revision", status.GetString("lastAppliedRevision") ?? (status.GetList("history") is { Count: > 0 } history ? (history[0] as MapValue)?.GetString("chartVersion") : null));
        Ready(output, status);

        if (status.GetString("helmChart")?.Split('/') is [var chartSpace, var chartName]
            && await client.FindAsync(HelmChart.Kind, chartSpace, chartName, cancellationToken) is { } chart)
        {
            Head(output, chart);
            Optional(output, "Chart", chart.GetMap("spec")?.GetString("chart"));
            Optional(output, "Version", chart.GetMap("spec")?.GetString("version"));
            Optional(output, "Revision", chart.GetMap("status")?.GetMap("artifact")?.GetString("revision"));
            Ready(output, chart.GetMap("status") ?? []);
        }

        var reference = spec.GetMap("sourceRef") ?? spec.GetMap("chartRef") ?? spec.GetMap("chart")?.GetMap("spec")?.GetMap("sourceRef");
        if (reference?.GetString("kind") is { } kind && reference.GetString("name") is { } name
            && await client.FindAsync(
                new(GitRepository.Kind.Group, GitRepository.Kind.Version, kind), reference.GetString("namespace") ?? value.Namespace(), name, cancellationToken) is { } source)
        {
            Source(output, source);
        }
    }

    private static void Source(TextWriter output, MapValue value)
    {
        Head(output, value);
        var spec = value.GetMap("spec") ?? [];
        Optional(output, "URL", spec.GetString("url") ?? spec.GetString("endpoint"));
        foreach (var (field, title) in (ReadOnlySpan<(string, string)>)[("tag", "Tag"), ("semver", "Tag"), ("branch", "Branch"), ("digest", "Digest")])
        {
            if (spec.GetMap("ref")?.GetString(field) is { Length: > 0 } reference)
            {
                Line(output, title, reference);
                break;
            }
        }

        var artifact = value.GetMap("status")?.GetMap("artifact");
        Optional(output, "Revision", artifact?.GetString("revision"));
        Optional(output, "Origin Source", artifact?.GetMap("metadata")?.GetString("org.opencontainers.image.source"));
        Optional(output, "Origin Revision", artifact?.GetMap("metadata")?.GetString("org.opencontainers.image.revision"));
        Ready(output, value.GetMap("status") ?? []);
    }

    private static void Head(TextWriter output, MapValue value)
    {
        output.WriteLine("---");
        Line(output, value.GetString("kind") ?? "", value.Name());
        Line(output, "Namespace", value.Namespace());
    }

    private static void Ready(TextWriter output, MapValue status)
    {
        if (FluxRow.Condition(status, "Ready") is not { } ready)
        {
            Line(output, "Status", "Unknown");
            return;
        }

        Line(output, "Status", $"Last {(ready.GetString("status") == "False" ? "reconciliation failed" : "reconciled")} at {ready.GetString("lastTransitionTime")}");
        Line(output, "Message", ready.GetString("message") ?? "");
    }

    private static void Optional(TextWriter output, string title, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Line(output, title, text);
        }
    }

    private static void Line(TextWriter output, string title, string text) => output.WriteLine($"{title + ":",-Width}{text}");
}
