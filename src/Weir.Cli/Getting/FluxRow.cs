using System.Text.RegularExpressions;
using Weir.Cli.Managing;
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

    /// <summary><c>Kind/namespace/name</c> of the source; empty for a kind that has none.</summary>
    public string Source { get; init; } = "";

    /// <summary>True when the status is about the spec as it is now.</summary>
    public required bool IsCurrent { get; init; }

    public static FluxRow Of(MapValue value)
    {
        var status = value.GetMap("status");
        var ready = Condition(status, "Ready");
        var generation = value.GetMap("metadata")?.GetInt("generation") ?? 0;
        var kind = value.GetString("kind") ?? "";

        // A repository of the registry kind is never reconciled.
        var isStatic = kind == "HelmRepository" && value.GetMap("spec")?.GetString("type") == "oci";
        var message = ready is null ? "waiting to be reconciled" : ready.GetString("message") ?? "";
        return new FluxRow
        {
            Kind = kind,
            Namespace = value.Namespace(),
            Name = value.Name(),
            Revision = kind is "HelmChart" or "HelmRelease" ? RevisionOf(kind, status) : ShortenIds(RevisionOf(kind, status)),
            Suspended = kind == "ArtifactGenerator"
                ? string.Equals(value.Annotation("source.extensions.fluxcd.io/reconcile"), "disabled", StringComparison.OrdinalIgnoreCase)
                : value.GetMap("spec")?.GetBool("suspend") ?? false,
            Ready = isStatic ? "True" : ready?.GetString("status") ?? "False",
            Reason = ready?.GetString("reason") ?? "",
            Message = isStatic ? "Helm repository is Ready" : kind == "HelmRelease" ? message : ShortenIds(message),
            Source = SourceReference.Of(value)?.ToString() ?? "",
            IsCurrent = isStatic || (ready?.GetInt("observedGeneration") ?? 0) >= generation,
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

    private static string RevisionOf(string kind, MapValue? status) => kind switch
    {
        "Kustomization" => status?.GetString("lastAppliedRevision"),
        "HelmRelease" => status?.GetList("history") is { Count: > 0 } history
            ? (history[0] as MapValue)?.GetString("chartVersion")
            : status?.GetString("lastAttemptedRevision"),
        _ => status?.GetMap("artifact")?.GetString("revision"),
    } ?? "";

    private static string ShortenIds(string text) => LongId().Replace(text, m => m.Value[..8]);

    [GeneratedRegex("(?<=^|[^0-9a-f])[0-9a-f]{40,128}(?=$|[^0-9a-f])")]
    private static partial Regex LongId();
}
