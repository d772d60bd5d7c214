using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>Objects of which only the metadata is told.</summary>
internal static class PartialMetadata
{
    public static MapValue Of(MapValue value, string metaVersion) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{metaVersion}",
        ["metadata"] = value["metadata"] ?? new MapValue(),
    };

    public static MapValue List(ServedResource resource, ListPage page, string metaVersion)
    {
        var list = ListHandler.Head("PartialObjectMetadataList", $"meta.k8s.io/{metaVersion}", page, isCustom: false);
        var items = new ListValue(page.Items.Count);
        foreach (var item in page.Items)
        {
            items.Add(Of(resource.View.Value(item), metaVersion));
        }

        list["items"] = items;
        return list;
    }
}
