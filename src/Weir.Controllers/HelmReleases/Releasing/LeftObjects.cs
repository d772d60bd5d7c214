using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>
/// Objects that an action which failed or died left in the cluster and that the last manifest does not name: Helm looks at one manifest
/// only and orphans them.
/// </summary>
internal static class LeftObjects
{
    /// <summary>The revisions whose objects may be there: the last one that was deployed, and those that failed since.</summary>
    public static IEnumerable<ReleaseRecord> Revisions(IReadOnlyList<ReleaseRecord> records)
    {
        for (var i = records.Count - 1; i >= 0; i--)
        {
            yield return records[i];
            if (records[i].Status == ReleaseStatus.Deployed)
            {
                yield break;
            }
        }
    }

    /// <summary>What is there of these revisions beyond the known objects, and still belongs to the release.</summary>
    public static async Task<List<ReleaseObject>> FindAsync(
        KubernetesClient client, IEnumerable<ReleaseRecord> revisions, IEnumerable<ReleaseObject> known, CancellationToken cancellationToken)
    {
        var seen = new HashSet<ObjectKey>(known.Select(static o => o.Key));
        var left = new List<ReleaseObject>();
        foreach (var record in revisions)
        {
            foreach (var value in ReleaseObjects.Parse(record.Manifest))
            {
                if (await client.Mapper.FindAsync(value.GroupVersionKind(), cancellationToken).ConfigureAwait(false) is not { } resource)
                {
                    // A kind that is not served any more has no objects.
                    continue;
                }

                var item = ReleaseObjects.Place(value, resource.IsNamespaced, record.Namespace);
                if (seen.Add(item.Key)
                    && await client.FindAsync(item.Kind, item.Value.Namespace(), item.Value.Name(), cancellationToken).ConfigureAwait(false) is { } live
                    && live.Annotation("meta.helm.sh/release-name") == record.Name
                    && live.Annotation("meta.helm.sh/release-namespace") == record.Namespace)
                {
                    left.Add(item);
                }
            }
        }

        return left;
    }
}
