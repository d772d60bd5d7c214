using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Compares the cluster with the manifest of a release, by what a dry run of applying it would change.</summary>
internal static class ReleaseDrift
{
    private static readonly MetadataSelector OptOut = new("helm.toolkit.fluxcd.io/driftDetection", "disabled");

    public static async Task<IReadOnlyList<DriftedObject>> FindAsync(HelmReleaseRun run, ReleaseRecord record, CancellationToken cancellationToken)
    {
        var objects = await ReleaseObjects.ReadAsync(run.Target, record.Manifest, record.Namespace, cancellationToken).ConfigureAwait(false);
        ReleaseObjects.AddOwnership(objects, record.Name, record.Namespace);
        var ignored = DriftRules.Of(run.Spec.DriftDetection?.Ignore);
        var drift = new List<DriftedObject>();
        foreach (var item in objects)
        {
            if (OptOut.Matches(item.Value))
            {
                continue;
            }

            var live = await run.Target.FindAsync(item.Kind, item.Value.Namespace(), item.Value.Name(), cancellationToken).ConfigureAwait(false);
            if (live is null)
            {
                drift.Add(new(item, []));
                continue;
            }

            if (OptOut.Matches(live))
            {
                continue;
            }

            var wanted = await run.Target.ApplyAsync(
                item.Value,
                new() { FieldManager = HelmReleaseServices.ControllerName, IsDryRun = true, IsForced = true },
                cancellationToken).ConfigureAwait(false);
            var patch = Difference(live, wanted, ignored);
            if (patch.Count > 0)
            {
                drift.Add(new(item, patch));
            }
        }

        return drift;
    }

    private static ListValue Difference(MapValue live, MapValue wanted, IReadOnlyList<DriftIgnoreRule> ignored)
    {
        var (from, to) = (Comparable(live), Comparable(wanted));
        var patch = new ListValue();
        JsonDifference.Add(patch, "", from, to);
        patch.RemoveAll(operation => operation is MapValue map && IsIgnored(map.GetString("path") ?? "", wanted, ignored));
        return patch;
    }

    private static MapValue Comparable(MapValue value)
    {
        var copy = value.ShallowClone();
        copy.Remove("status");
        var metadata = new MapValue();
        foreach (var part in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            if (value.GetMap("metadata")?.GetMap(part) is { } map)
            {
                metadata[part] = map;
            }
        }

        copy["metadata"] = metadata;
        return copy;
    }

    private static bool IsIgnored(string path, MapValue wanted, IReadOnlyList<DriftIgnoreRule> ignored)
    {
        foreach (var rule in ignored)
        {
            if (!rule.Matches(wanted))
            {
                continue;
            }

            foreach (var pointer in rule.Paths)
            {
                if (pointer.Length == 0 || path == pointer || path.StartsWith(pointer + "/", StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
