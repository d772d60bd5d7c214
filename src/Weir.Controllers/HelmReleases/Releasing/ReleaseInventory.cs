using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Writes the objects of a release, with the chart's CRDs, to the status.</summary>
internal static class ReleaseInventory
{
    public static async Task WriteAsync(HelmReleaseRun run, ReleaseRecord record, Chart? chart, CancellationToken cancellationToken)
    {
        var entries = new List<InventoryEntry>();
        foreach (var value in ReleaseObjects.Parse(record.Manifest))
        {
            if (value.Annotation(ReleaseHook.EventsAnnotation) is null && value.Name().Length > 0)
            {
                var resource = await run.Target.Mapper.FindAsync(value.GroupVersionKind(), cancellationToken).ConfigureAwait(false);
                var key = value.Key();
                if (key.Namespace.Length == 0 && resource?.IsNamespaced == true)
                {
                    key = key with { Namespace = record.Namespace };
                }

                entries.Add(new(key, value.GroupVersionKind().Version));
            }
        }

        foreach (var crd in chart is null ? [] : ChartCrds.Of(chart))
        {
            foreach (var value in ReleaseObjects.Parse(crd.Text))
            {
                entries.Add(new(value.Key(), value.GroupVersionKind().Version));
            }
        }

        Inventory.Write(run.Status, entries);
    }
}
