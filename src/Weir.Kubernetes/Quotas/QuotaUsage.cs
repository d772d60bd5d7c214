using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What objects take of a ResourceQuota, as kube-apiserver 1.36 counts it.</summary>
public static class QuotaUsage
{
    private const string StorageClassInfix = ".storageclass.storage.k8s.io/";

    private static readonly string[] ComputeNames = ["cpu", "memory", "ephemeral-storage"];

    private static readonly HashSet<string> PodNames = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "count/pods",
    };

    // Every container must say these when a quota limits them.
    private static readonly string[] DemandedNames = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"];

    /// <summary>The resource whose objects a name of a quota counts; empty parts when none does.</summary>
    public static (string Group, string Plural) CountedBy(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith("count/", StringComparison.Ordinal))
        {
            var rest = name["count/".Length..];
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? ("", rest) : (rest[(dot + 1)..], rest[..dot]);
        }

        return name switch
        {
            "services" or "services.nodeports" or "services.loadbalancers" => ("", "services"),
            "configmaps" or "secrets" or "replicationcontrollers" or "resourcequotas" => ("", name),
            "persistentvolumeclaims" or "requests.storage" => ("", "persistentvolumeclaims"),
            _ when name.Contains(StorageClassInfix, StringComparison.Ordinal) => ("", "persistentvolumeclaims"),
            _ when IsOfPods(name) => ("", "pods"),
            _ => ("", ""),
        };
    }

    /// <summary>What an object takes.</summary>
    public static ResourceAmounts Of(string group, string plural, MapValue value)
    {
        var usage = new ResourceAmounts { [group.Length == 0 ? $"count/{plural}" : $"count/{plural}.{group}"] = Quantity.Of(1) };
        switch ((group, plural))
        {
            case ("", "pods"):
                Pod(value, usage);
                break;
            case ("", "services"):
                Service(value, usage);
                break;
            case ("", "persistentvolumeclaims"):
                Claim(value, usage);
                break;
            case ("", "configmaps" or "secrets" or "replicationcontrollers" or "resourcequotas"):
                usage[plural] = Quantity.Of(1);
                break;
        }

        return usage;
    }

    /// <summary>What a pod must say because a quota limits it: <c>must specify limits.cpu for: a,b</c>; <see langword="null"/> when all is there.</summary>
    public static string? Missing(MapValue pod, IReadOnlySet<string> limited)
    {
        var problems = new List<string>();
        var containers = Containers(pod, "containers").Concat(Containers(pod, "initContainers")).ToList();
        foreach (var name in DemandedNames)
        {
            if (!limited.Contains(name))
            {
                continue;
            }

            var (part, resource) = name.StartsWith("limits.", StringComparison.Ordinal) ? ("limits", name["limits.".Length..])
                : ("requests", name.StartsWith("requests.", StringComparison.Ordinal) ? name["requests.".Length..] : name);
            var silent = containers.Where(c => (c.At("resources", part) as MapValue)?.ContainsKey(resource) != true)
                .Select(static c => c.GetString("name") ?? "").Order(StringComparer.Ordinal).ToList();
            if (silent.Count > 0)
            {
                problems.Add($"{name} for: {string.Join(',', silent)}");
            }
        }

        return problems.Count == 0 ? null : $"must specify {string.Join("; ", problems)}";
    }

    private static bool IsOfPods(string name) => PodNames.Contains(name)
        || name.StartsWith("hugepages-", StringComparison.Ordinal)
        || (name.StartsWith("requests.", StringComparison.Ordinal) && (name.StartsWith("requests.hugepages-", StringComparison.Ordinal) || IsExtended(name["requests.".Length..])));

    // Resources with a domain of their own; those of kubernetes.io are native.
    private static bool IsExtended(string name) => name.Contains('/', StringComparison.Ordinal) && !name.Contains("kubernetes.io/", StringComparison.Ordinal);

    private static void Pod(MapValue pod, ResourceAmounts usage)
    {
        // Pods that have ended only count as objects.
        if (pod.GetMap("status")?.GetString("phase") is "Succeeded" or "Failed")
        {
            return;
        }

        usage["pods"] = Quantity.Of(1);
        var requests = PodSum(pod, "requests");
        foreach (var (name, amount) in requests)
        {
            if (ComputeNames.Contains(name, StringComparer.Ordinal) || name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                usage[name] = amount;
                usage[$"requests.{name}"] = amount;
            }
            else if (IsExtended(name))
            {
                usage[$"requests.{name}"] = amount;
            }
        }

        foreach (var (name, amount) in PodSum(pod, "limits"))
        {
            if (ComputeNames.Contains(name, StringComparer.Ordinal))
            {
                usage[$"limits.{name}"] = amount;
            }
        }
    }

    /// <summary>All containers together, or what one that runs before them needs beside the sidecars, and the overhead.</summary>
    private static ResourceAmounts PodSum(MapValue pod, string part)
    {
        var (sum, sidecars, before) = (new ResourceAmounts(), new ResourceAmounts(), new ResourceAmounts());
        foreach (var container in Containers(pod, "containers"))
        {
            sum.Add(ResourceAmounts.Read(container.At("resources", part) as MapValue));
        }

        foreach (var container in Containers(pod, "initContainers"))
        {
            var own = ResourceAmounts.Read(container.At("resources", part) as MapValue);
            if (container.GetString("restartPolicy") == "Always")
            {
                sum.Add(own);
                sidecars.Add(own);
                before.Raise(sidecars);
            }
            else
            {
                own.Add(sidecars);
                before.Raise(own);
            }
        }

        sum.Raise(before);
        var overhead = ResourceAmounts.Read(pod.At("spec", "overhead") as MapValue);
        sum.Add(part == "requests" ? overhead : overhead.Only(sum.ContainsKey));
        return sum;
    }

    private static void Service(MapValue service, ResourceAmounts usage)
    {
        var spec = service.GetMap("spec") ?? [];
        var ports = spec.GetList("ports") ?? [];
        var (type, nodePorts) = (spec.GetString("type"), 0L);
        if (type == "NodePort" || (type == "LoadBalancer" && spec.GetBool("allocateLoadBalancerNodePorts") != false))
        {
            nodePorts = ports.Count;
        }
        else if (type == "LoadBalancer")
        {
            nodePorts = ports.OfType<MapValue>().Count(static p => p.GetInt("nodePort") is > 0);
        }

        usage["services"] = Quantity.Of(1);
        usage["services.nodeports"] = Quantity.Of(nodePorts);
        usage["services.loadbalancers"] = Quantity.Of(type == "LoadBalancer" ? 1 : 0);
    }

    private static void Claim(MapValue claim, ResourceAmounts usage)
    {
        usage["persistentvolumeclaims"] = Quantity.Of(1);
        var storageClass = claim.Annotation("volume.beta.kubernetes.io/storage-class") ?? claim.At("spec", "storageClassName")?.ToString() ?? "";
        var size = ResourceAmounts.Read(claim.At("spec", "resources", "requests") as MapValue);
        if (storageClass.Length > 0)
        {
            usage[$"{storageClass}{StorageClassInfix}persistentvolumeclaims"] = Quantity.Of(1);
        }

        if (size.TryGetValue("storage", out var amount))
        {
            usage["requests.storage"] = amount;
            if (storageClass.Length > 0)
            {
                usage[$"{storageClass}{StorageClassInfix}requests.storage"] = amount;
            }
        }
    }

    private static IEnumerable<MapValue> Containers(MapValue pod, string list) => (pod.At("spec", list) as ListValue ?? []).OfType<MapValue>();
}
