using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>The limit ranges of a namespace: defaults for containers, bounds for containers, pods and claims.</summary>
internal sealed class LimitRanges(ObjectStore store)
{
    private readonly ResourceTable _ranges = store.Table("limitranges");

    /// <summary>Fills in the resources that a pod's containers leave out.</summary>
    public void Default(MapValue pod)
    {
        var notes = new List<string>();
        foreach (var item in Items(pod.Namespace(), "Container"))
        {
            var (requests, limits) = (item.GetMap("defaultRequest") ?? [], item.GetMap("default") ?? []);
            foreach (var (list, word) in ((string, string)[])[("containers", "container"), ("initContainers", "init container")])
            {
                foreach (var container in (pod.At("spec", list) as ListValue ?? []).OfType<MapValue>())
                {
                    Fill(container, "requests", requests, $"request for {word}", notes);
                    Fill(container, "limits", limits, $"limit for {word}", notes);
                }
            }
        }

        if (notes.Count > 0)
        {
            pod.GetOrAddMap("metadata").GetOrAddMap("annotations")["kubernetes.io/limit-ranger"] = "LimitRanger plugin set: " + string.Join("; ", notes);
        }
    }

    /// <summary>Refuses a pod or claim that is out of bounds.</summary>
    public void Check(string plural, MapValue value)
    {
        var problems = new List<string>();
        if (plural == "persistentvolumeclaims")
        {
            foreach (var item in Items(value.Namespace(), "PersistentVolumeClaim"))
            {
                Bounds(item, "PersistentVolumeClaim", value.At("spec", "resources", "requests") as MapValue ?? [], [], isClaim: true, problems);
            }
        }
        else
        {
            Pod(value, problems);
        }

        if (problems.Count > 0)
        {
            throw ApiStatus.Forbidden("", plural, value.Name(), problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]").ToException();
        }
    }

    private void Pod(MapValue pod, List<string> problems)
    {
        var containers = (pod.At("spec", "containers") as ListValue ?? []).OfType<MapValue>().ToList();
        foreach (var item in Items(pod.Namespace(), "Container"))
        {
            foreach (var container in containers.Concat((pod.At("spec", "initContainers") as ListValue ?? []).OfType<MapValue>()))
            {
                Bounds(item, "Container", container.At("resources", "requests") as MapValue ?? [], container.At("resources", "limits") as MapValue ?? [], isClaim: false, problems);
            }
        }

        foreach (var item in Items(pod.Namespace(), "Pod"))
        {
            Bounds(item, "Pod", Sum(containers, "requests"), Sum(containers, "limits"), isClaim: false, problems);
        }
    }

    private IEnumerable<MapValue> Items(string ns, string type) => _ranges.Objects.CountIn(ns) == 0
        ? []
        : _ranges.Objects.List(ns).SelectMany(static r => (r.Decode().At("spec", "limits") as ListValue ?? []).OfType<MapValue>()).Where(i => i.GetString("type") == type);

    private static void Fill(MapValue container, string part, MapValue defaults, string what, List<string> notes)
    {
        var filled = new List<string>();
        foreach (var (name, amount) in defaults.OrderBy(static e => e.Key, StringComparer.Ordinal))
        {
            var own = container.GetOrAddMap("resources").GetOrAddMap(part);
            if (!own.ContainsKey(name))
            {
                own[name] = amount;
                filled.Add(name);
            }
        }

        if (filled.Count > 0)
        {
            notes.Add($"{string.Join(", ", filled)} {what} {container.GetString("name")}");
        }
    }

    private static void Bounds(MapValue item, string type, MapValue requests, MapValue limits, bool isClaim, List<string> problems)
    {
        foreach (var (name, bound) in (item.GetMap("min") ?? []).OrderBy(static e => e.Key, StringComparer.Ordinal))
        {
            var head = $"minimum {name} usage per {type} is {bound}";
            if (Amount(requests[name]) is not { } request)
            {
                problems.Add($"{head}.  No request is specified");
            }
            else if (Amount(limits[name]) is { } limit && limit.CompareTo(Amount(bound)!.Value) < 0)
            {
                problems.Add($"{head}, but limit is {limits[name]}");
            }
            else if (request.CompareTo(Amount(bound)!.Value) < 0)
            {
                problems.Add($"{head}, but request is {requests[name]}");
            }
        }

        foreach (var (name, bound) in (item.GetMap("max") ?? []).OrderBy(static e => e.Key, StringComparer.Ordinal))
        {
            var head = $"maximum {name} usage per {type} is {bound}";
            if (!isClaim && Amount(limits[name]) is null)
            {
                problems.Add($"{head}.  No limit is specified");
            }
            else if (Amount(limits[name]) is { } limit && limit.CompareTo(Amount(bound)!.Value) > 0)
            {
                problems.Add($"{head}, but limit is {limits[name]}");
            }
            else if (Amount(requests[name]) is { } request && request.CompareTo(Amount(bound)!.Value) > 0)
            {
                problems.Add($"{head}, but request is {requests[name]}");
            }
        }
    }

    private static MapValue Sum(List<MapValue> containers, string part)
    {
        var sum = new MapValue();
        foreach (var container in containers)
        {
            foreach (var (name, amount) in container.At("resources", part) as MapValue ?? [])
            {
                sum[name] = Amount(sum[name]) is { } so && Amount(amount) is { } more ? (so + more).ToString() : amount;
            }
        }

        return sum;
    }

    private static Quantity? Amount(Value? value) => value is not null && Quantity.TryParse(value.ToString() ?? "", out var quantity, out _) ? quantity : null;
}
