using System.Globalization;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>What admission adds to new pods: their service account with its token, their priority, how long they bear failing nodes.</summary>
internal sealed class PodCompletion(ObjectStore store)
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const long TokenSeconds = 3_607;
    private const string TokenVolumePrefix = "kube-api-access-";
    private const string DefaultAccount = "default";

    private readonly ResourceTable _accounts = store.Table("serviceaccounts");
    private readonly ResourceTable _runtimes = store.Table("runtimeclasses.node.k8s.io");
    private readonly ResourceTable _classes = store.Table("priorityclasses.scheduling.k8s.io");

    public void Complete(MapValue pod)
    {
        var spec = pod.GetOrAddMap("spec");
        RuntimeClass(pod, spec);
        Account(pod, spec);
        Priority(pod, spec);
        Tolerations(spec);
    }

    private void Account(MapValue pod, MapValue spec)
    {
        var name = spec.GetString("serviceAccountName") is { Length: > 0 } written ? written : DefaultAccount;
        var account = _accounts.Objects.Find(pod.Namespace(), name);
        if (account is null && name != DefaultAccount)
        {
            throw ApiStatus.Forbidden("", "pods", pod.Name(), $"error looking up service account {pod.Namespace()}/{name}: serviceaccount \"{name}\" not found").ToException();
        }

        spec["serviceAccountName"] = name;
        spec["serviceAccount"] = name;
        var found = account?.Decode();
        if (spec.GetList("imagePullSecrets") is not { Count: > 0 } && found?.GetList("imagePullSecrets") is { Count: > 0 } secrets)
        {
            spec["imagePullSecrets"] = secrets;
        }

        if ((spec.GetBool("automountServiceAccountToken") ?? found?.GetBool("automountServiceAccountToken") ?? true) is false)
        {
            return;
        }

        var containers = (spec.GetList("initContainers") ?? []).Concat(spec.GetList("containers") ?? []).OfType<MapValue>()
            .Where(c => (c.GetList("volumeMounts") ?? []).OfType<MapValue>().All(m => m.GetString("mountPath") != TokenPath)).ToList();
        if (containers.Count == 0)
        {
            return;
        }

        // A container that a webhook added gets the volume that the others have.
        var volumes = spec.GetList("volumes") ?? new ListValue();
        var present = volumes.OfType<MapValue>().FirstOrDefault(static v =>
            v.GetString("name")?.StartsWith(TokenVolumePrefix, StringComparison.Ordinal) == true && v.GetMap("projected") is not null);
        var volume = present?.GetString("name") ?? ObjectMetadata.GenerateName(TokenVolumePrefix);
        foreach (var container in containers)
        {
            var mounts = container.GetList("volumeMounts") ?? new ListValue();
            mounts.Add(new MapValue { ["name"] = volume, ["readOnly"] = true, ["mountPath"] = TokenPath });
            container["volumeMounts"] = mounts;
        }

        if (present is null)
        {
            volumes.Add(TokenVolume(volume));
            spec["volumes"] = volumes;
        }
    }

    private static MapValue TokenVolume(string name) => new()
    {
        ["name"] = name,
        ["projected"] = new MapValue
        {
            ["sources"] = new ListValue
            {
                new MapValue { ["serviceAccountToken"] = new MapValue { ["expirationSeconds"] = TokenSeconds, ["path"] = "token" } },
                new MapValue
                {
                    ["configMap"] = new MapValue
                    {
                        ["name"] = "kube-root-ca.crt",
                        ["items"] = new ListValue { new MapValue { ["key"] = "ca.crt", ["path"] = "ca.crt" } },
                    },
                },
                new MapValue
                {
                    ["downwardAPI"] = new MapValue
                    {
                        ["items"] = new ListValue
                        {
                            new MapValue
                            {
                                ["path"] = "namespace",
                                ["fieldRef"] = new MapValue { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                            },
                        },
                    },
                },
            },
            ["defaultMode"] = 420,
        },
    };

    private void Priority(MapValue pod, MapValue spec)
    {
        MapValue? chosen = null;
        if (spec.GetString("priorityClassName") is { Length: > 0 } name)
        {
            chosen = _classes.Objects.Find("", name)?.Decode()
                ?? throw ApiStatus.Forbidden("", "pods", pod.Name(), $"no PriorityClass with name {name} was found").ToException();
        }
        else if (_classes.Objects.Count > 0)
        {
            chosen = _classes.Objects.List(null).Select(c => c.Decode()).Where(c => c.GetBool("globalDefault") == true).MinBy(c => c.GetInt("value") ?? 0);
            if (chosen is not null)
            {
                spec["priorityClassName"] = chosen.Name();
            }
        }

        var (priority, policy) = (chosen?.GetInt("value") ?? 0, chosen?.GetString("preemptionPolicy") ?? "PreemptLowerPriority");
        if (spec.GetInt("priority") is { } given && given != priority)
        {
            throw ApiStatus.Forbidden("", "pods", pod.Name(), string.Create(CultureInfo.InvariantCulture,
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name")).ToException();
        }

        if (spec.GetString("preemptionPolicy") is { Length: > 0 } asked && asked != policy)
        {
            throw ApiStatus.Forbidden("", "pods", pod.Name(),
                $"the string value of PreemptionPolicy ({asked}) must not be provided in pod spec; priority admission controller computed {policy} from the given PriorityClass name").ToException();
        }

        spec["priority"] = priority;
        spec["preemptionPolicy"] = policy;
    }

    /// <summary>The runtime class of a pod must be there; it says what running the pod costs besides, and where it may run.</summary>
    private void RuntimeClass(MapValue pod, MapValue spec)
    {
        if (spec.GetString("runtimeClassName") is not { Length: > 0 } name)
        {
            if (spec.GetMap("overhead") is { Count: > 0 })
            {
                throw ApiStatus.Forbidden("", "pods", pod.Name(), "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead").ToException();
            }

            return;
        }

        var found = _runtimes.Objects.Find("", name)?.Decode()
            ?? throw ApiStatus.Forbidden("", "pods", pod.Name(), $"pod rejected: RuntimeClass \"{name}\" not found").ToException();
        var overhead = found.At("overhead", "podFixed") as MapValue;
        if (spec.GetMap("overhead") is { Count: > 0 } written && !Value.DeepEquals(written, overhead))
        {
            throw ApiStatus.Forbidden("", "pods", pod.Name(),
                "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead").ToException();
        }

        if (overhead is not null)
        {
            spec["overhead"] = overhead;
        }

        foreach (var (key, value) in found.At("scheduling", "nodeSelector") as MapValue ?? [])
        {
            var selector = spec.GetOrAddMap("nodeSelector");
            if (selector[key] is { } own && !Value.DeepEquals(own, value))
            {
                throw ApiStatus.Forbidden("", "pods", pod.Name(), $"pod rejected: conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {own}").ToException();
            }

            selector[key] = value;
        }
    }

    private static void Tolerations(MapValue spec)
    {
        var tolerations = spec.GetList("tolerations") ?? new ListValue();
        foreach (var key in (ReadOnlySpan<string>)["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"])
        {
            if (!IsTolerated(tolerations, key))
            {
                tolerations.Add(new MapValue { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
            }
        }

        spec["tolerations"] = tolerations;
    }

    private static bool IsTolerated(ListValue tolerations, string key)
    {
        foreach (var toleration in tolerations.OfType<MapValue>())
        {
            if ((toleration.GetString("key") is not { Length: > 0 } own || own == key) && toleration.GetString("effect") is null or "" or "NoExecute")
            {
                return true;
            }
        }

        return false;
    }
}
