using Spectre.Console;
using Weir.Cli.Getting;

namespace Weir.Cli.Up;

/// <summary>The live table of <c>weir up</c> on a terminal.</summary>
internal static class StatusTable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Redraws until cancelled, then leaves the last state on the screen.</summary>
    public static Task RunAsync(IReadOnlyList<ClusterStatus> clusters, CancellationToken cancellationToken) =>
        AnsiConsole.Live(Draw(clusters)).StartAsync(async live =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                live.UpdateTarget(Draw(clusters));
                await Task.Delay(Refresh, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            live.UpdateTarget(Draw(clusters));
        });

    private static Table Draw(IReadOnlyList<ClusterStatus> clusters)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("CLUSTER", "KIND", "NAME", "READY", "REVISION", "MESSAGE");
        foreach (var cluster in clusters)
        {
            foreach (var row in cluster.Objects.Select(FluxRow.Of))
            {
                var colour = row.Suspended ? "grey" : row.Ready switch { "True" => "green", "False" => "red", _ => "yellow" };
                table.AddRow(
                    new Text(cluster.Name),
                    new Text(row.Kind),
                    new Text($"{row.Namespace}/{row.Name}"),
                    new Markup($"[{colour}]{(row.Suspended ? "Suspended" : row.Ready)}[/]"),
                    new Text(row.Revision).Overflow(Overflow.Ellipsis),
                    new Text(row.Message.ReplaceLineEndings(" ")).Overflow(Overflow.Ellipsis));
            }
        }

        return table;
    }
}
