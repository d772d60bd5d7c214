using System.Globalization;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Logs;

/// <summary>The logs of the controllers that run in a cluster: one pod of each Deployment that is part of Flux.</summary>
internal sealed class PodLogs(KubernetesClient client, string space)
{
    private const string Container = "manager";
    private static readonly GroupVersionKind Deployment = new("apps", "v1", "Deployment");
    private static readonly GroupVersionKind Pod = new("", "v1", "Pod");

    public int? Tail { get; init; }

    public DateTimeOffset? Since { get; init; }

    public TimeSpan? Age { get; init; }

    public bool Follows { get; init; }

    /// <summary>The path of each pod's log.</summary>
    /// <exception cref="CommandFailure">There is no such pod.</exception>
    public async Task<IReadOnlyList<string>> PathsAsync(CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        var deployments = await client.ListAsync(
            Deployment, new() { Namespace = space, LabelSelector = "app.kubernetes.io/part-of=flux" }, cancellationToken);
        foreach (var deployment in deployments.Items)
        {
            var labels = deployment.GetMap("spec")?.GetMap("template")?.GetMap("metadata")?.GetMap("labels") ?? [];
            var selector = string.Join(',', labels.Select(static l => $"{l.Key}={l.Value}"));
            var pods = await client.ListAsync(Pod, new() { Namespace = space, LabelSelector = selector }, cancellationToken);
            if (pods.Items.OrderByDescending(IsReady).ThenByDescending(IsRunning).ThenBy(static p => p.GetMap("metadata")?.GetString("creationTimestamp"), StringComparer.Ordinal).FirstOrDefault() is { } pod)
            {
                paths.Add(PathOf(pod));
            }
        }

        return paths.Count > 0 ? paths : throw new CommandFailure($"no Flux pods found in namespace \"{space}\"");
    }

    private string PathOf(MapValue pod)
    {
        var text = CultureInfo.InvariantCulture;
        var query = new List<string>();
        if (pod.GetMap("spec")?.GetList("containers") is { Count: > 1 })
        {
            query.Add($"container={Container}");
        }

        if (Follows)
        {
            query.Add("follow=true");
        }

        if (Tail is { } tail)
        {
            query.Add($"tailLines={tail.ToString(text)}");
        }

        if (Since is { } since)
        {
            query.Add($"sinceTime={Uri.EscapeDataString(since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", text))}");
        }

        if (Age is { } age)
        {
            query.Add($"sinceSeconds={((long)Math.Round(age.TotalSeconds)).ToString(text)}");
        }

        return $"/api/v1/namespaces/{space}/pods/{pod.Name()}/log{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
    }

    private static bool IsRunning(MapValue pod) => pod.GetMap("status")?.GetString("phase") == "Running";

    private static bool IsReady(MapValue pod) => Getting.FluxRow.Matches(pod, "Ready", "True");
}
