using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Writes the Endpoints and the EndpointSlice of every Service that selects pods.</summary>
internal sealed class EndpointController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("", "v1", "services"), "endpointslice-controller")
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    private readonly ServedResource _pods = cluster.Resource("", "v1", "pods");
    private readonly ServedResource _endpoints = cluster.Resource("", "v1", "endpoints");
    private readonly ServedResource _slices = cluster.Resource("discovery.k8s.io", "v1", "endpointslices");
    private readonly SelectorIndex _selectors = new();

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (table == _pods.Table)
        {
            foreach (var name in _selectors.Matching(change))
            {
                Enqueue(change.Subject.Namespace, name);
            }
        }
    }

    protected override async Task ReconcileAsync(StoredObject item)
    {
        var value = item.Decode();
        var spec = value.GetMap("spec") ?? [];
        if (item.IsTerminating || spec.GetMap("selector") is not { Count: > 0 } selector || spec.GetString("type") == "ExternalName")
        {
            _selectors.Remove(item.Namespace, item.Name);
            return;
        }

        var wanted = SelectorIndex.ByLabels(selector);
        _selectors.Set(item.Namespace, item.Name, wanted);
        var pods = new List<PodFacts>();
        foreach (var pod in _pods.Table.Objects.List(item.Namespace))
        {
            if (wanted.Matches(pod.Label) && PodFacts.Of(pod) is { IsFinished: false, Address.Length: > 0 } fact)
            {
                pods.Add(fact);
            }
        }

        await WriteSliceAsync(item, value, spec, pods).ConfigureAwait(false);
        await WriteEndpointsAsync(item, value, spec, pods).ConfigureAwait(false);
    }

    /// <summary>Slices go with their owner; Endpoints have none and go here.</summary>
    protected override async Task ForgetAsync(string ns, string name)
    {
        _selectors.Remove(ns, name);
        if (_endpoints.Table.Objects.Find(ns, name) is { IsTerminating: false } endpoints)
        {
            await Cluster.DeleteAsync(_endpoints, endpoints, "endpoint-controller").ConfigureAwait(false);
        }
    }

    private async Task WriteSliceAsync(StoredObject item, MapValue value, MapValue spec, List<PodFacts> pods)
    {
        var endpoints = new ListValue(pods.ConvertAll(static p => (Value)new MapValue
        {
            ["addresses"] = new ListValue { p.Address },
            ["conditions"] = new MapValue
            {
                ["ready"] = p.IsReady && !p.Stored.IsTerminating,
                ["serving"] = p.IsReady,
                ["terminating"] = p.Stored.IsTerminating,
            },
            ["nodeName"] = p.NodeName,
            ["targetRef"] = Target(p),
        }));
        var ports = new ListValue(Ports(spec, pods));
        var existing = Cluster.Owners.Dependents(item.Uid, _slices.Table).Find(static s => !s.IsTerminating)?.Decode();
        if (existing is not null)
        {
            if (!Value.DeepEquals(existing["endpoints"] ?? new ListValue(), endpoints) || !Value.DeepEquals(existing["ports"] ?? new ListValue(), ports))
            {
                existing["endpoints"] = endpoints;
                existing["ports"] = ports;
                await Cluster.UpdateAsync(_slices, existing, Account).ConfigureAwait(false);
            }

            return;
        }

        var labels = (value.GetMap("metadata")?.GetMap("labels")?.DeepClone()) ?? [];
        labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io";
        labels[ServiceLabel] = item.Name;
        await Cluster.CreateAsync(_slices, item.Namespace, new MapValue
        {
            ["metadata"] = new MapValue
            {
                ["generateName"] = item.Name + "-",
                ["labels"] = labels,
                ["ownerReferences"] = new ListValue { PodTemplates.OwnerReference(Resource, value) },
            },
            ["addressType"] = "IPv4",
            ["endpoints"] = endpoints,
            ["ports"] = ports,
        }, Account).ConfigureAwait(false);
    }

    private async Task WriteEndpointsAsync(StoredObject item, MapValue value, MapValue spec, List<PodFacts> pods)
    {
        var (ready, waiting) = (new ListValue(), new ListValue());
        foreach (var pod in pods)
        {
            if (!pod.Stored.IsTerminating)
            {
                (pod.IsReady ? ready : waiting).Add(new MapValue { ["ip"] = pod.Address, ["nodeName"] = pod.NodeName, ["targetRef"] = Target(pod) });
            }
        }

        var subset = new MapValue();
        if (ready.Count > 0)
        {
            subset["addresses"] = ready;
        }

        if (waiting.Count > 0)
        {
            subset["notReadyAddresses"] = waiting;
        }

        var subsets = new ListValue();
        if (subset.Count > 0)
        {
            subset["ports"] = new ListValue(Ports(spec, pods));
            subsets.Add(subset);
        }

        var existing = _endpoints.Table.Objects.Find(item.Namespace, item.Name)?.Decode();
        if (existing is not null && Value.DeepEquals(existing["subsets"] ?? new ListValue(), subsets))
        {
            return;
        }

        var endpoints = existing ?? new MapValue
        {
            ["metadata"] = new MapValue { ["name"] = item.Name, ["labels"] = value.GetMap("metadata")?.GetMap("labels")?.DeepClone() ?? [] },
        };
        endpoints.GetMap("metadata")!.GetOrAddMap("labels")["endpoints.kubernetes.io/managed-by"] = "endpoint-controller";
        if (subsets.Count > 0)
        {
            endpoints["subsets"] = subsets;
        }
        else
        {
            endpoints.Remove("subsets");
        }

        await (existing is null
            ? (Task)Cluster.CreateAsync(_endpoints, item.Namespace, endpoints, "endpoint-controller")
            : Cluster.UpdateAsync(_endpoints, endpoints, "endpoint-controller")).ConfigureAwait(false);
    }

    /// <summary>A Service's ports as its pods have them; a port by a name that no pod has is left out.</summary>
    private static List<Value> Ports(MapValue spec, List<PodFacts> pods)
    {
        var ports = new List<Value>();
        foreach (var item in spec.GetList("ports") ?? [])
        {
            if (item is not MapValue port || Number(port, pods) is not { } number)
            {
                continue;
            }

            var listed = new MapValue();
            if (port.GetString("name") is { Length: > 0 } name)
            {
                listed["name"] = name;
            }

            listed["port"] = number;
            listed["protocol"] = port.GetString("protocol") ?? "TCP";
            ports.Add(listed);
        }

        return ports;
    }

    private static long? Number(MapValue port, List<PodFacts> pods)
    {
        if (port["targetPort"] is not StringValue { Value: var name })
        {
            return port.GetInt("targetPort") is { } target and > 0 ? target : port.GetInt("port");
        }

        foreach (var container in pods.Count == 0 ? [] : pods[0].Stored.Decode().GetMap("spec")?.GetList("containers") ?? [])
        {
            foreach (var item in (container as MapValue)?.GetList("ports") ?? [])
            {
                if (item is MapValue candidate && candidate.GetString("name") == name)
                {
                    return candidate.GetInt("containerPort");
                }
            }
        }

        return null;
    }

    private static MapValue Target(PodFacts pod) => new()
    {
        ["kind"] = "Pod",
        ["namespace"] = pod.Stored.Namespace,
        ["name"] = pod.Stored.Name,
        ["uid"] = pod.Stored.Uid,
    };
}
