using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Says of a dependency that is not ready why it is not, as far as somebody else is the reason.</summary>
internal static class NotReady
{
    /// <param name="client">The cluster.</param>
    /// <param name="self">The object that waits.</param>
    /// <param name="dependency">The dependency as it is.</param>
    /// <param name="name">Its <c>namespace/name</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<string> ExplainAsync(
        KubernetesClient client, MapValue self, MapValue dependency, string name, CancellationToken cancellationToken)
    {
        if (await DependencyCycle.FindAsync(client, self, dependency, cancellationToken).ConfigureAwait(false) is { } cycle)
        {
            return $"dependency '{name}' is not ready and never will be: {cycle}";
        }

        return await RootCause.FindAsync(client, dependency, cancellationToken).ConfigureAwait(false) is { } cause
            ? $"dependency '{name}' is not ready: {cause}"
            : $"dependency '{name}' is not ready";
    }
}
