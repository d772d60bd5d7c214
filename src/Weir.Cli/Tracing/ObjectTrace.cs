using System.Globalization;
using Weir.Cli.Getting;
using Weir.Cli.Managing;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Tracing;

/// <summary>Prints who manages an object and where that comes from, in the layout of <c>flux trace</c>.</summary>
internal sealed class ObjectTrace(KubernetesClient client, TextWriter output)
{
    // flux pads the titles of each kind differently.
    private int _width = 17;

    /// <exception cref="CommandFailure">Nothing of Flux manages the object.</exception>
    public async Task PrintAsync(MapValue live, CancellationToken cancellationToken)
    {
        var manager = await ManagerAsync(live, cancellationToken)
            ?? throw new CommandFailure($"failed to trace {live.GetString("kind")}/{live.Name()} in namespace {live.Namespace()}: object not managed by Flux");
        var isRelease = manager.GroupVersionKind() == HelmRelease.Kind;
        _width = isRelease ? 16 : 17;
        await output.WriteLineAsync();
        Line("Object", $"{live.GetString("kind")}/{live.Name()}");
        Optional("Namespace", live.Namespace());
        Line("Status", "Managed by Flux");
        Head(manager);
        var spec = manager.GetMap("spec") ?? [];
        var status = manager.GetMap("status") ?? [];
        Optional("Target", spec.GetString("targetNamespace"));
        if (!isRelease)
        {
            Line("Path", spec.GetString("path") ?? "");
        }

        Line("Revision", status.GetString(isRelease ? "lastAttemptedRevision" : "lastAppliedRevision") ?? "");
        Ready(status, tellsFailure: false);
        if (status.GetString("helmChart")?.Split('/') is [var chartSpace, var chartName]
            && await client.FindAsync(HelmChart.Kind, chartSpace, chartName, cancellationToken) is { } chart)
        {
            Chart(chart);
        }

        if (SourceReference.Of(manager) is { } reference
            && await client.FindAsync(new(GitRepository.Kind.Group, GitRepository.Kind.Version, reference.Kind), reference.Namespace, reference.Name, cancellationToken) is { } source)
        {
            Source(source);
        }
    }

    // An object without marks may belong to one that has them.
    private async Task<MapValue?> ManagerAsync(MapValue value, CancellationToken cancellationToken)
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
                && await ManagerAsync(parent, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private void Chart(MapValue chart)
    {
        Head(chart);
        Line("Chart", chart.GetMap("spec")?.GetString("chart") ?? "");
        Line("Version", chart.GetMap("spec")?.GetString("version") ?? "");
        Optional("Revision", chart.GetMap("status")?.GetMap("artifact")?.GetString("revision"));
        Ready(chart.GetMap("status") ?? [], tellsFailure: false);
    }

    private void Source(MapValue value)
    {
        _width = value.GetString("kind") switch
        {
            "HelmRepository" => 16,
            "GitRepository" when _width == 16 => 15,
            _ => 17,
        };
        Head(value);
        var spec = value.GetMap("spec") ?? [];
        Optional("URL", spec.GetString("url") ?? spec.GetString("endpoint"));
        if (spec.GetMap("sourceRef") is not null && SourceReference.Of(value) is { } origin)
        {
            Line("Source", origin.ToString());
        }

        foreach (var (field, title) in (ReadOnlySpan<(string, string)>)[("tag", "Tag"), ("semver", "Tag"), ("branch", "Branch"), ("digest", "Digest")])
        {
            if (spec.GetMap("ref")?.GetString(field) is { Length: > 0 } reference)
            {
                Line(title, reference);
                break;
            }
        }

        var artifact = value.GetMap("status")?.GetMap("artifact");
        Optional("Revision", artifact?.GetString("revision"));
        Optional("Origin Revision", artifact?.GetMap("metadata")?.GetString("org.opencontainers.image.revision"));
        Optional("Origin Source", artifact?.GetMap("metadata")?.GetString("org.opencontainers.image.source"));
        Ready(value.GetMap("status") ?? [], tellsFailure: value.GetString("kind") != HelmRepository.Kind.Kind);
    }

    private void Head(MapValue value)
    {
        output.WriteLine("---");
        Line(value.GetString("kind") ?? "", value.Name());
        Line("Namespace", value.Namespace());
    }

    private void Ready(MapValue status, bool tellsFailure)
    {
        if (FluxRow.Condition(status, "Ready") is not { } ready)
        {
            Line("Status", "Unknown");
            return;
        }

        var verb = tellsFailure && ready.GetString("status") == "False" ? "reconciliation failed" : "reconciled";
        Line("Status", $"Last {verb} at {GoTime(ready.GetString("lastTransitionTime"))}");
        Line("Message", ready.GetString("message") ?? "");
    }

    // Go prints a time in this way when nobody says how.
    private static string GoTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss '+0000 UTC'", CultureInfo.InvariantCulture)
            : text ?? "";

    private void Optional(string title, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Line(title, text);
        }
    }

    private void Line(string title, string text) => output.WriteLine($"{title}:".PadRight(_width) + text);
}
