using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>The one node that a simulated cluster starts with.</summary>
internal sealed class SimulatedNode(SimulatedCluster cluster)
{
    public const string Name = "weir-node";
    public const string Address = "192.168.49.2";

    /// <summary>Makes the node when it is not there.</summary>
    public async Task EnsureAsync()
    {
        var nodes = cluster.Resource("", "v1", "nodes");
        if (nodes.Table.Objects.Find("", Name) is not null)
        {
            return;
        }

        try
        {
            await cluster.CreateAsync(nodes, "", Node(), $"system:node:{Name}", "kubelet").ConfigureAwait(false);
            var value = nodes.Table.Objects.Find("", Name)!.Decode();
            value["status"] = Status(cluster.Timestamp);
            await cluster.UpdateAsync(nodes, value, $"system:node:{Name}", "status", "kubelet").ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Status.Code is 409 or 404)
        {
            // Somebody else has made it, or does not want it.
        }
    }

    private static MapValue Node() => new()
    {
        ["metadata"] = new MapValue
        {
            ["name"] = Name,
            ["labels"] = new MapValue
            {
                ["beta.kubernetes.io/arch"] = "amd64",
                ["beta.kubernetes.io/os"] = "linux",
                ["kubernetes.io/arch"] = "amd64",
                ["kubernetes.io/hostname"] = Name,
                ["kubernetes.io/os"] = "linux",
                ["node-role.kubernetes.io/control-plane"] = "",
            },
        },
        ["spec"] = new MapValue { ["podCIDR"] = "10.244.0.0/16", ["podCIDRs"] = new ListValue { "10.244.0.0/16" }, ["providerID"] = $"weir://{Name}" },
    };

    private static MapValue Status(string now)
    {
        var resources = new MapValue
        {
            ["cpu"] = "64",
            ["ephemeral-storage"] = "1Ti",
            ["hugepages-1Gi"] = "0",
            ["hugepages-2Mi"] = "0",
            ["memory"] = "256Gi",
            ["pods"] = "65000",
        };
        return new MapValue
        {
            ["addresses"] = new ListValue
            {
                new MapValue { ["type"] = "InternalIP", ["address"] = Address },
                new MapValue { ["type"] = "Hostname", ["address"] = Name },
            },
            ["capacity"] = resources,
            ["allocatable"] = resources.DeepClone(),
            ["conditions"] = new ListValue
            {
                Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now),
                Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
                Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
                Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now),
            },
            ["daemonEndpoints"] = new MapValue { ["kubeletEndpoint"] = new MapValue { ["Port"] = 10250 } },
            ["nodeInfo"] = new MapValue
            {
                ["architecture"] = "amd64",
                ["bootID"] = "",
                ["containerRuntimeVersion"] = "weir://simulated",
                ["kernelVersion"] = "simulated",
                ["kubeProxyVersion"] = "",
                ["kubeletVersion"] = ServerVersion.Git,
                ["machineID"] = "",
                ["operatingSystem"] = "linux",
                ["osImage"] = "Weir's simulation",
                ["systemUUID"] = "",
            },
        };
    }

    private static MapValue Condition(string type, string state, string reason, string message, string now) => new()
    {
        ["type"] = type,
        ["status"] = state,
        ["lastHeartbeatTime"] = now,
        ["lastTransitionTime"] = now,
        ["reason"] = reason,
        ["message"] = message,
    };
}
