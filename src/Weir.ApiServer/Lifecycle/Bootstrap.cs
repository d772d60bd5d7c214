using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Makes the objects that every cluster has.</summary>
internal sealed class Bootstrap(ResourceCatalog catalog, ObjectWriter writer)
{
    public async Task RunAsync()
    {
        foreach (var name in (string[])["kube-system", "kube-public", "kube-node-lease", "default"])
        {
            await EnsureAsync("", "v1", "namespaces", "", new MapValue
            {
                ["kind"] = "Namespace",
                ["apiVersion"] = "v1",
                ["metadata"] = new MapValue { ["name"] = name },
            }).ConfigureAwait(false);
        }
    }

    private async Task EnsureAsync(string group, string version, string plural, string ns, MapValue value)
    {
        var resource = catalog.Current.Find(group, version, plural)!;
        if (resource.Table.Objects.Find(ns, value.GetMap("metadata")!.GetString("name")!) is not null)
        {
            return;
        }

        try
        {
            await writer.CreateAsync(resource, ns, value, WriteRequest.Controller("kube-apiserver")).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Status.Code == 409)
        {
            // It is there.
        }
    }
}
