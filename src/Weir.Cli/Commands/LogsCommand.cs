using System.CommandLine;
using System.Globalization;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Logs;
using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Cli.Commands;

/// <summary><c>weir logs</c>: the controllers' logs, one line an entry.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var level = new Option<string?>("--level") { Description = "Only lines of this level: debug, info or error", HelpName = "LEVEL" };
        var kind = new Option<string?>("--kind") { Description = "Only lines about objects of this kind", HelpName = "KIND" };
        var name = new Option<string?>("--name") { Description = "Only lines about the object of this name", HelpName = "NAME" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with new lines until interrupted" };
        var tail = new Option<int?>("--tail") { Description = "Only so many of the last lines of each log", HelpName = "LINES" };
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "Lines about the objects of every namespace" };
        var since = new Option<string?>("--since") { Description = "Only lines younger than this, such as 5s, 2m or 3h", HelpName = "DURATION" };
        var sinceTime = new Option<string?>("--since-time") { Description = "Only lines after this time (RFC3339)", HelpName = "TIME" };
        var engine = new Option<string>("--flux-namespace") { Description = "The namespace where the controllers run", HelpName = "NAME", DefaultValueFactory = _ => "flux-system" };
        var file = new Option<string?>("--log-file") { Description = "Read the log that weir controller --log-file wrote, not that of a pod", HelpName = "FILE" };
        var command = new WeirCommand("logs", "Print the logs of the controllers.")
        {
            Group = CommandGroup.Inspect,
            IsFluxVerb = true,
            Examples =
            [
                ("weir logs -A --since 2m", "of all objects, the last two minutes"),
                ("weir logs --kind Kustomization --name podinfo -n default", "of one object"),
                ("weir logs --log-file weir.log --follow --level error -A", "of an engine on this machine"),
            ],
            ExitCodes = [(0, "printed, also when no line matches"), (1, "no controller was found, its log cannot be read, or an option is wrong")],
        };
        cluster.AddTo(command);
        foreach (var option in (Option[])[level, kind, name, follow, tail, everywhere, since, sinceTime, engine, file])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, cancellation) =>
        {
            var filter = new LogFilter
            {
                Level = Level(result.GetValue(level)),
                Kind = result.GetValue(kind),
                Name = result.GetValue(name),
                Namespace = result.GetValue(everywhere) ? null : cluster.Namespace(result),
            };
            var (age, from) = Limits(result.GetValue(since), result.GetValue(sinceTime));
            var output = TextWriter.Synchronized(result.InvocationConfiguration.Output);
            if (result.GetValue(file) is { } path)
            {
                var log = new FileLog(path, TimeProvider.System)
                {
                    Follows = result.GetValue(follow), Tail = result.GetValue(tail), Since = from ?? (age is { } back ? DateTimeOffset.UtcNow - back : null),
                };
                await PrintAsync(log.ReadLinesAsync(cancellation), filter, output);
                return 0;
            }

            using var client = cluster.Connect(result);
            try
            {
                var pods = new PodLogs(client, result.GetValue(engine)!) { Follows = result.GetValue(follow), Tail = result.GetValue(tail), Age = age, Since = from };
                var paths = await pods.PathsAsync(cancellation);
                if (pods.Follows)
                {
                    await Task.WhenAll(paths.Select(p => PrintAsync(client.ReadLinesAsync(p, cancellation), filter, output)));
                    return 0;
                }

                foreach (var one in paths)
                {
                    await PrintAsync(client.ReadLinesAsync(one, cancellation), filter, output);
                }

                return 0;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or KindNotServedException)
            {
                throw new CommandFailure($"failed getting logs: {e.Message}");
            }
        });
        return command;
    }

    private static string? Level(string? text) => text is null or "debug" or "info" or "error"
        ? text
        : throw new CommandFailure($"log level '{text}' is not supported, must be one of: debug, info, error");

    private static (TimeSpan? Age, DateTimeOffset? From) Limits(string? since, string? sinceTime)
    {
        if (since is not null && sinceTime is not null)
        {
            throw new CommandFailure("at most one of `sinceTime` or `sinceDuration` may be specified");
        }

        if (sinceTime is not null)
        {
            return DateTimeOffset.TryParse(sinceTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? (null, time)
                : throw new CommandFailure($"{sinceTime} is not a valid (RFC3339) time");
        }

        return since is null ? (null, null)
            : FluxDuration.TryParse(since, out var duration) ? (duration.Value, null)
            : throw new CommandFailure($"'{since}' is no duration; write it as 90s or 5m");
    }

    private static async Task PrintAsync(IAsyncEnumerable<string> lines, LogFilter filter, TextWriter output)
    {
        await foreach (var text in lines)
        {
            if (LogLine.Parse(text) is { } line && filter.Matches(line))
            {
                await output.WriteLineAsync(line.ToString());
                await output.FlushAsync();
            }
        }
    }
}
