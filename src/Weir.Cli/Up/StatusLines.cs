using System.Collections.Concurrent;
using Weir.Cli.Getting;
using Weir.Values;

namespace Weir.Cli.Up;

/// <summary>Prints a line for each change of an object's state: what <c>weir up</c> shows where there is no terminal.</summary>
internal sealed class StatusLines(TextWriter output)
{
    private readonly ConcurrentDictionary<string, string> _printed = new();
    private readonly Lock _lock = new();

    public void Show(ClusterStatus cluster, MapValue value)
    {
        var row = FluxRow.Of(value);
        var state = $"{row.Ready}|{row.Reason}|{row.Revision}|{row.Message}";
        var key = $"{cluster.Name}|{RootCause.Label(value)}";

        // Progress that repeats itself is no news.
        if (row.Ready == "Unknown" || row.Reason.Length == 0 || (_printed.TryGetValue(key, out var last) && last == state))
        {
            return;
        }

        _printed[key] = state;
        lock (_lock)
        {
            var mark = row.Ready == "True" ? "✔" : IsWaiting(row) ? "…" : "✗";
            var reason = row.Ready == "True" ? "" : $" {row.Reason}:";
            output.WriteLine($"{mark} {cluster.Name} {RootCause.Label(value)}{reason} {row.Message.ReplaceLineEndings(" ")}");
        }
    }

    // What waits for another object is no failure: that object has a line of its own.
    private static bool IsWaiting(FluxRow row) =>
        row.Reason is "DependencyNotReady" or "SourceNotReady"
        || (row.Reason == "ArtifactFailed" && row.Message.StartsWith("Source artifact not found", StringComparison.Ordinal));
}
