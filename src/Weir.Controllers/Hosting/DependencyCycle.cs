using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Finds out that a dependency waits, over some others, for the object that waits for it.</summary>
internal static class DependencyCycle
{
    private const int MostObjects = 200;

    /// <summary>The whole cycle in words, or <see langword="null"/> when there is none.</summary>
    public static async Task<string?> FindAsync(KubernetesClient client, MapValue self, MapValue dependency, CancellationToken cancellationToken)
    {
        var target = self.Key();
        var seen = new HashSet<ObjectKey> { dependency.Key() };
        var open = new Queue<(MapValue Value, string Path)>();
        open.Enqueue((dependency, $"{target} \u2192 {dependency.Key()}"));
        while (open.TryDequeue(out var next))
        {
            foreach (var key in References.Dependencies(next.Value))
            {
                var path = $"{next.Path} \u2192 {key}";
                if (key == target)
                {
                    return $"dependency cycle {path}";
                }

                if (seen.Count < MostObjects && seen.Add(key)
                    && await client.FindAsync(KindOf(key), key.Namespace, key.Name, cancellationToken).ConfigureAwait(false) is { } live)
                {
                    open.Enqueue((live, path));
                }
            }
        }

        return null;
    }

    private static GroupVersionKind KindOf(ObjectKey key) => key.Kind == HelmRelease.Kind.Kind ? HelmRelease.Kind : Kustomization.Kind;
}
