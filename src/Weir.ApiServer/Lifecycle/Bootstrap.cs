using Weir.ApiServer.Authorization;
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

        foreach (var role in BootstrapRoles.ClusterRoles())
        {
            await EnsureAsync(RbacAuthorizer.Group, "v1", "clusterroles", "", role).ConfigureAwait(false);
        }

        foreach (var binding in BootstrapRoles.ClusterRoleBindings())
        {
            await EnsureAsync(RbacAuthorizer.Group, "v1", "clusterrolebindings", "", binding).ConfigureAwait(false);
        }

        foreach (var (name, value, description) in ((string, long, string)[])
                 [("system-cluster-critical", 2_000_000_000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
                  ("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node.")])
        {
            await EnsureAsync("scheduling.k8s.io", "v1", "priorityclasses", "", new MapValue
            {
                ["kind"] = "PriorityClass",
                ["apiVersion"] = "scheduling.k8s.io/v1",
                ["metadata"] = new MapValue { ["name"] = name },
                ["value"] = value,
                ["description"] = description,
            }).ConfigureAwait(false);
        }

        await EnsureAsync("", "v1", "services", "default", new MapValue
        {
            ["kind"] = "Service",
            ["apiVersion"] = "v1",
            ["metadata"] = new MapValue
            {
                ["name"] = "kubernetes",
                ["labels"] = new MapValue { ["component"] = "apiserver", ["provider"] = "kubernetes" },
            },
            ["spec"] = new MapValue
            {
                ["clusterIP"] = "10.96.0.1",
                ["ports"] = new ListValue { new MapValue { ["name"] = "https", ["port"] = 443, ["targetPort"] = 6443 } },
            },
        }).ConfigureAwait(false);
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
            await writer.CreateAsync(resource, ns, value, WriteRequest.Controller("kube-apiserver") with { SkipsWebhooks = true }).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Status.Code == 409)
        {
            // It is there.
        }
    }
}
