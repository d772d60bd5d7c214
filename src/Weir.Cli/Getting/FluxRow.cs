using System.Text.RegularExpressions;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Cli.Getting;

/// <summary>What one Flux object says of itself, in the words of <c>flux get</c>.</summary>
internal sealed partial record FluxRow
{
    public required string Kind { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The revision with its ids cut to eight digits; empty before the first one.</summary>
    public required string Revision { get; init; }

    public required bool Suspended { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Ready { get; init; }

    public required string Reason { get; init; }

    public required string Message { get; init; }

    /// <summary>True when the status is about the spec as it is now.</summary>
    public required bool IsCurrent { get; init; }

    public static FluxRow Of(MapValue value)
    {
        var status = value.GetMap("status");
        var ready = Condition(status, "Ready");
        var generation = value.GetMap("metadata")?.GetInt("generation") ?? 0;
        return new FluxRow
        {
            Kind = value.GetString("kind") ?? "",
            Namespace = value.Namespace(),
            Name = value.Name(),
            Revision = ShortenIds(RevisionOf(status)),
            Suspended = value.GetMap("spec")?.GetBool("suspend") ?? false,
            Ready = ready?.GetString("status") ?? "False",
            Reason = ready?.GetString("reason") ?? "",
            Message = ready is null ? "waiting to be reconciled" : ShortenIds(ready.GetString("message") ?? ""),
            IsCurrent = (ready?.GetInt("observedGeneration") ?? 0) >= generation,
        };
    }

    /// <summary>The condition of a type, or <see langword="null"/>.</summary>
    public static MapValue? Condition(MapValue? status, string type) =>
        status?.GetList("conditions")?.OfType<MapValue>().FirstOrDefault(c => c.GetString("type") == type);

    /// <summary>True when this row has a condition of a type with a status, both in any case; only Ready is kept in a row.</summary>
    public static bool Matches(MapValue value, string type, string status) =>
        value.GetMap("status")?.GetList("conditions")?.OfType<MapValue>().Any(c =>
            string.Equals(c.GetString("type"), type, StringComparison.OrdinalIgnoreCase)
            && string.Equals(c.GetString("status"), status, StringComparison.OrdinalIgnoreCase)) ?? false;

    private static string RevisionOf(MapValue? status) =>
        status?.GetString("lastAppliedRevision")
        ?? status?.GetMap("artifact")?.GetString("revision")
        ?? ((status?.GetList("history") is { Count: > 0 } history) ? (history[0] as MapValue)?.GetString("chartVersion") : null)
        ?? "";

    private static string ShortenIds(string text) => LongId().Replace(text, m => m.Value[..8]);

    [GeneratedRegex("(?<=^|[^0-9a-f])[0-9a-f]{40,64}(?=$|[^0-9a-f])")]
    private static partial Regex LongId();
}
