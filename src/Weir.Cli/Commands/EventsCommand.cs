using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Getting;
using Weir.Cli.Help;
using Weir.Cli.Managing;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir events</c>: the Kubernetes events of Flux's objects, oldest first.</summary>
internal static class EventsCommand
{
    private static readonly GroupVersionKind Event = new("", "v1", "Event");

    private static readonly HashSet<string> Kinds = FluxKinds.All.Select(static k => k.Kind.Kind).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "The events of every namespace" };
        var only = new Option<string?>("--for") { Description = "Only events of this kind or object, and of its source", HelpName = "KIND[/NAME]" };
        var types = new Option<string[]>("--types") { Description = "Only events of these types: Normal, Warning", AllowMultipleArgumentsPerToken = true };
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on with new events until interrupted" };
        var command = new WeirCommand("events", "Print the events of Flux's objects.")
        {
            Group = CommandGroup.Inspect,
            IsFluxVerb = true,
            Examples = [("weir events -A", "of every namespace"), ("weir events --for Kustomization/apps --types Warning", "what went wrong with one object")],
            ExitCodes = [(0, "printed, also when there is none"), (1, "the cluster cannot be asked, or an option is wrong")],
        };
        cluster.AddTo(command);
        foreach (var option in (Option[])[everywhere, only, types, watch])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, cancellation) =>
        {
            var wanted = result.GetValue(types) ?? [];
            if (wanted.FirstOrDefault(static t => t.ToUpperInvariant() is not ("NORMAL" or "WARNING")) is { } wrong)
            {
                throw new CommandFailure($"type '{wrong}' not supported. Supported types are Normal, Warning");
            }

            using var client = cluster.Connect(result);
            var space = result.GetValue(everywhere) ? "" : cluster.Namespace(result);
            var about = await AboutAsync(client, result.GetValue(only), cluster.Namespace(result), cancellation);
            bool Matches(MapValue e) => Kinds.Contains(e.GetMap("involvedObject")?.GetString("kind") ?? "")
                && (wanted.Length == 0 || wanted.Contains(e.GetString("type"), StringComparer.OrdinalIgnoreCase))
                && about(e);
            await PrintAsync(client, result, space, Matches, result.GetValue(watch), cancellation);
            return 0;
        });
        return command;
    }

    private static async Task PrintAsync(
        KubernetesClient client, ParseResult result, string space, Func<MapValue, bool> matches, bool goesOn, CancellationToken cancellationToken)
    {
        var output = result.InvocationConfiguration.Output;
        var withNamespace = space.Length == 0;
        List<string> header = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"];
        if (withNamespace)
        {
            header.Insert(0, "NAMESPACE");
        }

        try
        {
            var options = new ListOptions { Namespace = space };
            var list = await client.ListAsync(Event, options, cancellationToken);
            var rows = list.Items.Where(matches).OrderBy(Time, StringComparer.Ordinal).Select(e => Row(e, withNamespace)).ToList();
            if (rows.Count > 0)
            {
                TextTable.Print(output, header, rows);
            }
            else if (!goesOn)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync(withNamespace ? "✗ No events found." : $"✗ No events found in {space} namespace.");
            }

            if (!goesOn)
            {
                return;
            }

            await foreach (var change in client.WatchAsync(Event, options, list.ResourceVersion, cancellationToken))
            {
                if (change.Type is WatchEventType.Added or WatchEventType.Modified && matches(change.Object))
                {
                    TextTable.Print(output, header, [Row(change.Object, withNamespace)], withHeader: false);
                }
            }
        }
        catch (ApiException e)
        {
            throw new CommandFailure(e.Message);
        }
    }

    private static async Task<Func<MapValue, bool>> AboutAsync(
        KubernetesClient client, string? selector, string space, CancellationToken cancellationToken)
    {
        if (selector is null)
        {
            return static _ => true;
        }

        var parts = selector.Split('/', 2);
        var kind = ManagedKind.Find(parts[0])?.Kind.Kind
            ?? (Kinds.Contains(parts[0]) ? parts[0] : throw new CommandFailure($"'{parts[0]}' is not a recognized Flux kind"));
        if (parts.Length == 1)
        {
            return e => Is(e, kind, null, null);
        }

        var name = parts[1];
        var related = new List<(string Kind, string Namespace, string Name)> { (kind, space, name) };
        if (ManagedKind.Find(kind) is { } managed)
        {
            var live = await new ManagedObject(client, managed, space, name, TextWriter.Null).GetAsync(cancellationToken);
            var spec = live.GetMap("spec");
            var source = spec?.GetMap("sourceRef") ?? spec?.GetMap("chartRef") ?? spec?.GetMap("chart")?.GetMap("spec")?.GetMap("sourceRef");
            if (source?.GetString("kind") is { } sourceKind && source.GetString("name") is { } sourceName)
            {
                related.Add((sourceKind, source.GetString("namespace") ?? space, sourceName));
            }

            if (live.GetMap("status")?.GetString("helmChart")?.Split('/') is [var chartSpace, var chart])
            {
                related.Add(("HelmChart", chartSpace, chart));
            }
        }

        return e => related.Exists(r => Is(e, r.Kind, r.Namespace, r.Name));
    }

    private static bool Is(MapValue value, string kind, string? space, string? name)
    {
        var about = value.GetMap("involvedObject");
        return string.Equals(about?.GetString("kind"), kind, StringComparison.OrdinalIgnoreCase)
            && (name is null || about?.GetString("name") == name)
            && (space is null || about?.GetString("namespace") == space);
    }

    private static string Time(MapValue value) => value.GetString("lastTimestamp") ?? value.GetString("eventTime") ?? "";

    private static List<string> Row(MapValue value, bool withNamespace)
    {
        var now = DateTimeOffset.Now;
        var first = HumanTime.Since(value.GetString("firstTimestamp") ?? value.GetString("eventTime"), now);
        var seen = value.GetInt("count") is { } count and > 1
            ? $"{HumanTime.Since(value.GetString("lastTimestamp"), now)} (x{count} over {first})"
            : first;
        var about = value.GetMap("involvedObject");
        List<string> cells =
        [
            seen, value.GetString("type") ?? "", value.GetString("reason") ?? "", $"{about?.GetString("kind")}/{about?.GetString("name")}",
            (value.GetString("message") ?? "").ReplaceLineEndings(" "),
        ];
        if (withNamespace)
        {
            cells.Insert(0, value.Namespace());
        }

        return cells;
    }
}
