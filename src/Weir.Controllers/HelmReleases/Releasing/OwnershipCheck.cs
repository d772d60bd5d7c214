using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Refuses to take over objects that belong to somebody else.</summary>
internal static class OwnershipCheck
{
    /// <summary>Throws <see cref="HelmActionException"/> when an object exists and is not this release's.</summary>
    public static async Task RunAsync(
        KubernetesClient client,
        IReadOnlyList<ReleaseObject> objects,
        string release,
        string space,
        string action,
        CancellationToken cancellationToken)
    {
        foreach (var item in objects)
        {
            var live = await client.FindAsync(item.Kind, item.Value.Namespace(), item.Value.Name(), cancellationToken).ConfigureAwait(false);
            if (live is null)
            {
                continue;
            }

            var problems = new List<string>();
            Check(live.Label("app.kubernetes.io/managed-by"), "label", "app.kubernetes.io/managed-by", "Helm", problems);
            Check(live.Annotation("meta.helm.sh/release-name"), "annotation", "meta.helm.sh/release-name", release, problems);
            Check(live.Annotation("meta.helm.sh/release-namespace"), "annotation", "meta.helm.sh/release-namespace", space, problems);
            if (problems.Count > 0)
            {
                throw new HelmActionException(
                    $"unable to continue with {action}: {item.Kind.Kind} \"{item.Value.Name()}\" in namespace \"{item.Value.Namespace()}\" exists and cannot be imported into the current release: "
                    + $"invalid ownership metadata; {string.Join("; ", problems)}");
            }
        }
    }

    private static void Check(string? actual, string what, string key, string wanted, List<string> problems)
    {
        if (actual is null)
        {
            problems.Add($"{what} validation error: missing key \"{key}\": must be set to \"{wanted}\"");
        }
        else if (actual != wanted)
        {
            problems.Add($"{what} validation error: key \"{key}\" must equal \"{wanted}\": current value is \"{actual}\"");
        }
    }
}
