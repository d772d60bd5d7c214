using Weir.Kustomize.Kustomizations;
using Weir.Values;

namespace Weir.Kustomize.Resources;

/// <summary>The <c>sortOptions</c> of a kustomization.</summary>
internal static class SortOptions
{
    /// <summary>Puts resources into the order that the options ask for.</summary>
    public static void Apply(ResourceList resources, MapValue options)
    {
        var order = options.Text("order");
        if (order is not ("legacy" or "fifo"))
        {
            throw new BuildFailure("the field 'sortOptions.order' must be one of [fifo, legacy]", options.Span) { Code = "kustomize-sort-options" };
        }

        var legacy = options.GetMap("legacySortOptions");
        if (order == "fifo")
        {
            if (legacy is not null)
            {
                throw new BuildFailure(
                    "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'", legacy.Span)
                {
                    Code = "kustomize-sort-options",
                };
            }

            return;
        }

        Sort(resources, legacy is null ? KindOrder.Default : new KindOrder(legacy.Strings("orderFirst"), legacy.Strings("orderLast")));
    }

    /// <summary>Orders by kind and then by id.</summary>
    public static void Sort(ResourceList resources, KindOrder order)
    {
        var keyed = resources.Select(r => (Resource: r, Id: r.CurrentId)).ToList();
        var comparer = Comparer<(Resource Resource, ResourceId Id)>.Create((x, y) => order.Compare(x.Id, y.Id));
        resources.Reorder(keyed.Order(comparer).Select(k => k.Resource));
    }
}
