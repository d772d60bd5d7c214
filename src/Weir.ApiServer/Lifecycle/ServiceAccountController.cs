using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Gives every namespace its service account <c>default</c> and, when asked, the ConfigMap with the cluster's certificate authority.</summary>
internal sealed class ServiceAccountController(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer, Func<string>? authorityPem)
{
    private readonly ResourceTable _namespaces = store.Table("namespaces");
    private readonly ResourceTable _accounts = store.Table("serviceaccounts");
    private readonly ResourceTable _configMaps = store.Table("configmaps");
    private readonly ChangeQueue _queue = new(store, static (table, change) => table.Id switch
    {
        "namespaces" => change.Current is not null,
        "serviceaccounts" => change.Current is null && change.Subject.Name == "default",
        "configmaps" => change.Subject.Name == "kube-root-ca.crt" && change.Current is null,
        _ => false,
    });

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var ns in _namespaces.Objects.List(null))
        {
            await EnsureAsync(ns.Name).ConfigureAwait(false);
        }

        await foreach (var (table, change) in _queue.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await EnsureAsync(table == _namespaces ? change.Subject.Name : change.Subject.Namespace).ConfigureAwait(false);
        }
    }

    private async Task EnsureAsync(string ns)
    {
        if (_namespaces.Objects.Find("", ns) is not { IsTerminating: false })
        {
            return;
        }

        if (_accounts.Objects.Find(ns, "default") is null)
        {
            await CreateAsync("serviceaccounts", ns, new MapValue
            {
                ["kind"] = "ServiceAccount",
                ["apiVersion"] = "v1",
                ["metadata"] = new MapValue { ["name"] = "default" },
            }).ConfigureAwait(false);
        }

        if (authorityPem is not null && _configMaps.Objects.Find(ns, "kube-root-ca.crt") is null)
        {
            await CreateAsync("configmaps", ns, new MapValue
            {
                ["kind"] = "ConfigMap",
                ["apiVersion"] = "v1",
                ["metadata"] = new MapValue
                {
                    ["name"] = "kube-root-ca.crt",
                    ["annotations"] = new MapValue
                    {
                        ["kubernetes.io/description"] = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as "
                            + "the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
                    },
                },
                ["data"] = new MapValue { ["ca.crt"] = authorityPem() },
            }).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(string plural, string ns, MapValue value)
    {
        try
        {
            await writer.CreateAsync(catalog.Current.Find("", "v1", plural)!, ns, value, WriteRequest.Controller("kube-controller-manager")).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            // Somebody was faster, or the namespace goes away.
        }
    }
}
