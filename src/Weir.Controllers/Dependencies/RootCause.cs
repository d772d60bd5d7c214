using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Follows dependencies that wait for others to the one that does not: what is wrong with it blocks all of them.</summary>
internal static class RootCause
{
    private const int LongestChain = 100;

    /// <summary>What blocks a dependency, in words; <see langword="null"/> when it waits for nobody.</summary>
    public static async Task<string?> FindAsync(KubernetesClient client, MapValue dependency, CancellationToken cancellationToken)
    {
        var current = dependency;
        for (var depth = 0; depth < LongestChain && Reason(current) == Reasons.DependencyNotReady; depth++)
        {
            MapValue? next = null;
            foreach (var key in References.Dependencies(current))
            {
                var kind = key.Kind == HelmRelease.Kind.Kind ? HelmRelease.Kind : Kustomization.Kind;
                if (await client.FindAsync(kind, key.Namespace, key.Name, cancellationToken).ConfigureAwait(false) is not { } live)
                {
                    return $"it waits for {key}, which does not exist";
                }

                if (!IsReady(live))
                {
                    next = live;
                    break;
                }
            }

            if (next is null)
            {
                // It is just about to go on.
                break;
            }

            current = next;
        }

        return ReferenceEquals(current, dependency) ? null : Describe(current);
    }

    private static string Describe(MapValue root)
    {
        if (root.GetMap("spec")?.GetBool("suspend") == true)
        {
            return $"it waits for {root.Key()}, which is suspended";
        }

        var ready = Ready(root);
        return ready?.GetString("status") == "False"
            ? $"it waits for {root.Key()}: {ready.GetString("reason")}: {ready.GetString("message")}"
            : $"it waits for {root.Key()}, which is in progress";
    }

    private static bool IsReady(MapValue value) =>
        value.GetMap("metadata")?.GetInt("generation") == value.GetMap("status")?.GetInt("observedGeneration")
        && Ready(value)?.GetString("status") == "True";

    private static string? Reason(MapValue value) => Ready(value) is { } ready && ready.GetString("status") == "False" ? ready.GetString("reason") : null;

    private static MapValue? Ready(MapValue value) =>
        new ConditionList(value.GetMap("status") ?? [], 0, TimeProvider.System).Find(ConditionTypes.Ready);
}
