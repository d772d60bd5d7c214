using System.Security.Cryptography;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>The status that a kubelet would write for a pod by now.</summary>
internal static class PodLife
{
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(10);

    /// <summary>Changes the status; answers when to look again, or <see langword="null"/> when nothing more will happen by itself.</summary>
    public static TimeSpan? Advance(
        MapValue pod, MapValue status, SimulatedBehaviour behaviour, DateTimeOffset started, TimeSpan startDelay, DateTimeOffset time, Func<string> address)
    {
        var spec = pod.GetMap("spec") ?? [];
        var now = ObjectMetadata.Timestamp(time);
        Begin(pod, spec, status, started, now);
        var running = started + startDelay;
        if (time < running)
        {
            Waiting(pod, spec, status, "ContainerCreating", null, now);
            return running - time;
        }

        if (behaviour.Failure == SimulatedBehaviour.ImagePull)
        {
            var isBackedOff = time - running >= BackOff;
            Waiting(pod, spec, status, isBackedOff ? "ImagePullBackOff" : "ErrImagePull", isBackedOff
                ? image => $"Back-off pulling image \"{image}\": ErrImagePull: failed to pull and unpack image \"{image}\": simulated failure"
                : image => $"failed to pull and unpack image \"{image}\": simulated failure", now);
            return isBackedOff ? null : running + BackOff - time;
        }

        if (status.GetString("podIP") is null)
        {
            var ip = spec.GetBool("hostNetwork") == true ? SimulatedNode.Address : address();
            status["podIP"] = ip;
            status["podIPs"] = new ListValue { new MapValue { ["ip"] = ip } };
        }

        var restarts = spec.GetString("restartPolicy") ?? "Always";
        if (behaviour.Failure == SimulatedBehaviour.CrashLoop)
        {
            return Crashing(pod, spec, status, restarts, started, running, time, now);
        }

        var due = running + behaviour.ReadyAfter;
        if (restarts != "Always" && behaviour.Failure.Length == 0 && time >= due)
        {
            Finished(pod, spec, status, "Succeeded", 0, started, now);
            return null;
        }

        var isReady = behaviour.Failure != SimulatedBehaviour.NeverReady && (restarts != "Always" || time >= due);
        Running(pod, spec, status, isReady, started, now);
        return time < due ? due - time : null;
    }

    private static void Begin(MapValue pod, MapValue spec, MapValue status, DateTimeOffset started, string now)
    {
        if (pod.GetMap("metadata")!.GetInt("generation") is { } generation)
        {
            status["observedGeneration"] = generation;
        }

        status["hostIP"] = SimulatedNode.Address;
        status["hostIPs"] = new ListValue { new MapValue { ["ip"] = SimulatedNode.Address } };
        if (status.GetString("startTime") is null)
        {
            status["startTime"] = ObjectMetadata.Timestamp(started);
        }

        if (Conditions.Find(status, "PodScheduled") is null)
        {
            Conditions.Set(status, "PodScheduled", "True", "", "", now);
        }

        status["qosClass"] = status.GetString("qosClass") ?? QualityOfService.Of(spec);
    }

    private static void Waiting(MapValue pod, MapValue spec, MapValue status, string reason, Func<string, string>? message, string now)
    {
        status["phase"] = "Pending";
        Conditions.Set(status, "PodReadyToStartContainers", message is null ? "False" : "True", "", "", now);
        Conditions.Set(status, "Initialized", "True", "", "", now);
        SetReady(spec, status, false, now);
        Containers(pod, spec, status, isReady: false, _ =>
        {
            var waiting = new MapValue { ["reason"] = reason };
            if (message is not null)
            {
                waiting["message"] = message(_.GetString("image") ?? "");
            }

            return new MapValue { ["waiting"] = waiting };
        });
    }

    private static void Running(MapValue pod, MapValue spec, MapValue status, bool isReady, DateTimeOffset started, string now)
    {
        status["phase"] = "Running";
        Conditions.Set(status, "PodReadyToStartContainers", "True", "", "", now);
        Conditions.Set(status, "Initialized", "True", "", "", now);
        SetReady(spec, status, isReady, now);
        Containers(pod, spec, status, isReady, _ => new MapValue { ["running"] = new MapValue { ["startedAt"] = ObjectMetadata.Timestamp(started) } });
    }

    private static void Finished(MapValue pod, MapValue spec, MapValue status, string phase, int code, DateTimeOffset started, string now)
    {
        status["phase"] = phase;
        Conditions.Set(status, "PodReadyToStartContainers", "False", "", "", now);
        Conditions.Set(status, "Initialized", "True", phase == "Succeeded" ? "PodCompleted" : "", "", now);
        var reason = phase == "Succeeded" ? "PodCompleted" : "PodFailed";
        Conditions.Set(status, "Ready", "False", reason, "", now);
        Conditions.Set(status, "ContainersReady", "False", reason, "", now);
        Containers(pod, spec, status, isReady: false, container => new MapValue { ["terminated"] = Terminated(pod, container, code, started, now) });
    }

    /// <summary>A pod that is never restarted fails; the others wait longer after each crash, up to five minutes.</summary>
    private static TimeSpan? Crashing(
        MapValue pod, MapValue spec, MapValue status, string restarts, DateTimeOffset started, DateTimeOffset running, DateTimeOffset time, string now)
    {
        if (restarts == "Never")
        {
            Finished(pod, spec, status, "Failed", 1, started, now);
            return null;
        }

        var (count, pause, next) = (1, BackOff, running + BackOff);
        while (next <= time && count < 1_000)
        {
            count++;
            pause = pause * 2 < TimeSpan.FromMinutes(5) ? pause * 2 : TimeSpan.FromMinutes(5);
            next += pause;
        }

        status["phase"] = "Running";
        Conditions.Set(status, "PodReadyToStartContainers", "True", "", "", now);
        Conditions.Set(status, "Initialized", "True", "", "", now);
        SetReady(spec, status, false, now);
        var crashed = ObjectMetadata.Timestamp(next - pause);
        var name = $"{pod.Name()}_{pod.Namespace()}({pod.GetMap("metadata")!.GetString("uid")})";
        var wait = pause < TimeSpan.FromMinutes(1) ? $"{pause.TotalSeconds}s" : $"{(int)pause.TotalMinutes}m{pause.Seconds}s";
        Containers(pod, spec, status, isReady: false, container => new MapValue
        {
            ["waiting"] = new MapValue
            {
                ["reason"] = "CrashLoopBackOff",
                ["message"] = $"back-off {wait} restarting failed container={container.GetString("name")} pod={name}",
            },
        });
        foreach (var item in status.GetList("containerStatuses") ?? [])
        {
            var container = (MapValue)item;
            container["restartCount"] = count;
            container["lastState"] = new MapValue { ["terminated"] = Terminated(pod, container, 1, next - pause, crashed) };
        }

        return next - time;
    }

    private static MapValue Terminated(MapValue pod, MapValue container, int code, DateTimeOffset started, string finished) => new()
    {
        ["exitCode"] = code,
        ["reason"] = code == 0 ? "Completed" : "Error",
        ["startedAt"] = ObjectMetadata.Timestamp(started),
        ["finishedAt"] = finished,
        ["containerID"] = ContainerId(pod, container),
    };

    private static void SetReady(MapValue spec, MapValue status, bool isReady, string now)
    {
        if (isReady)
        {
            Conditions.Set(status, "ContainersReady", "True", "", "", now);
            var gate = (spec.GetList("readinessGates") ?? []).OfType<MapValue>()
                .Select(static g => g.GetString("conditionType") ?? "").FirstOrDefault(g => !Conditions.IsTrue(status, g));
            if (gate is null)
            {
                Conditions.Set(status, "Ready", "True", "", "", now);
            }
            else
            {
                Conditions.Set(status, "Ready", "False", "ReadinessGatesNotReady",
                    Conditions.Find(status, gate) is null
                        ? $"corresponding condition of pod readiness gate \"{gate}\" does not exist."
                        : $"the status of pod readiness gate \"{gate}\" is not \"True\", but {Conditions.Find(status, gate)!.GetString("status")}", now);
            }

            return;
        }

        var names = string.Join(" ", (spec.GetList("containers") ?? []).OfType<MapValue>().Select(static c => c.GetString("name")));
        Conditions.Set(status, "Ready", "False", "ContainersNotReady", $"containers with unready status: [{names}]", now);
        Conditions.Set(status, "ContainersReady", "False", "ContainersNotReady", $"containers with unready status: [{names}]", now);
    }

    private static void Containers(MapValue pod, MapValue spec, MapValue status, bool isReady, Func<MapValue, MapValue> state)
    {
        var isStarted = status.GetString("phase") != "Pending";
        if (spec.GetList("initContainers") is { Count: > 0 } inits)
        {
            var started = status.GetString("startTime") ?? "";
            status["initContainerStatuses"] = List(inits, c => c.GetString("restartPolicy") == "Always"
                ? Container(pod, c, new MapValue { ["running"] = new MapValue { ["startedAt"] = started } }, true, true)
                : Container(pod, c, new MapValue { ["terminated"] = Terminated(pod, c, 0, PodFacts.Time(started), started) }, true, false));
        }

        status["containerStatuses"] = List(spec.GetList("containers") ?? [], c => Container(pod, c, state(c), isReady, isStarted && isReady));
    }

    private static ListValue List(ListValue containers, Func<MapValue, MapValue> status) => new(containers.OfType<MapValue>().Select(status));

    private static MapValue Container(MapValue pod, MapValue container, MapValue state, bool isReady, bool isStarted)
    {
        var image = container.GetString("image") ?? "";
        var hasRun = !state.ContainsKey("waiting");
        var status = new MapValue
        {
            ["name"] = container.GetString("name") ?? "",
            ["state"] = state,
            ["lastState"] = new MapValue(),
            ["ready"] = isReady,
            ["restartCount"] = 0,
            ["image"] = image,
            ["imageID"] = hasRun ? $"{image.Split('@')[0]}@sha256:{Digest(image)}" : "",
        };
        if (hasRun)
        {
            status["containerID"] = ContainerId(pod, container);
        }

        status["started"] = isStarted;
        return status;
    }

    private static string ContainerId(MapValue pod, MapValue container) =>
        $"containerd://{Digest($"{pod.GetMap("metadata")!.GetString("uid")}/{container.GetString("name")}")}";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
