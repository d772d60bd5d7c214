using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Gives Services of type LoadBalancer an address, and Services that have none a cluster IP.</summary>
internal sealed class ServiceController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("", "v1", "services"), "service-controller")
{
    private readonly AddressPool _clusterIPs = new("10.96.{0}.{1}");
    private readonly AddressPool _external = new("192.168.49.{1}");

    protected override async Task ReconcileAsync(StoredObject item)
    {
        if (item.IsTerminating)
        {
            return;
        }

        var value = item.Decode();
        var spec = value.GetMap("spec") ?? [];
        if (spec.GetString("clusterIP") is not { Length: > 0 } && spec.GetString("type") != "ExternalName")
        {
            var ip = _clusterIPs.Take(Used(static v => v.GetMap("spec")?.GetString("clusterIP")));
            spec["clusterIP"] = ip;
            spec["clusterIPs"] = new ListValue { ip };
            await Cluster.UpdateAsync(Resource, value, "system:apiserver", manager: "kube-apiserver").ConfigureAwait(false);
            return;
        }

        var status = value.GetMap("status")?.DeepClone() ?? [];
        if (spec.GetString("type") != "LoadBalancer" || spec.GetString("loadBalancerClass") is { Length: > 0 })
        {
            if (status.GetMap("loadBalancer") is { Count: > 0 } && spec.GetString("type") != "LoadBalancer")
            {
                status["loadBalancer"] = new MapValue();
                await WriteStatusAsync(value, status).ConfigureAwait(false);
            }

            return;
        }

        if (status.GetMap("loadBalancer")?.GetList("ingress") is { Count: > 0 })
        {
            return;
        }

        var address = spec.GetString("loadBalancerIP") is { Length: > 0 } asked
            ? asked
            : _external.Take(Used(static v => (v.At("status", "loadBalancer", "ingress") is ListValue { Count: > 0 } i ? i[0] as MapValue : null)?.GetString("ip")));
        status["loadBalancer"] = new MapValue
        {
            ["ingress"] = new ListValue { new MapValue { ["ip"] = address, ["ipMode"] = "VIP" } },
        };
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private Func<IEnumerable<string>> Used(Func<MapValue, string?> address) =>
        () => Resource.Table.Objects.List(null).Select(s => address(s.Decode()) ?? "");
}
