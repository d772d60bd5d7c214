using System.Globalization;
using System.Runtime.CompilerServices;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>What controllers ask about a pod, read once for each version of it.</summary>
internal sealed class PodFacts
{
    private static readonly ConditionalWeakTable<StoredObject, PodFacts> Known = [];

    private PodFacts(StoredObject stored)
    {
        var value = stored.Decode();
        var status = value.GetMap("status");
        Stored = stored;
        Phase = status?.GetString("phase") ?? "";
        NodeName = value.GetMap("spec")?.GetString("nodeName") ?? "";
        Address = status?.GetString("podIP") ?? "";
        Created = Time(value.GetMap("metadata")?.GetString("creationTimestamp"));
        var ready = Conditions.Find(status, "Ready");
        IsReady = ready?.GetString("status") == "True";
        ReadySince = Time(ready?.GetString("lastTransitionTime"));
        foreach (var reference in value.GetMap("metadata")?.GetList("ownerReferences") ?? [])
        {
            if (reference is MapValue owner && owner.GetBool("controller") == true)
            {
                Controller = owner.GetString("uid") ?? "";
            }
        }
    }

    public StoredObject Stored { get; }

    public string Phase { get; }

    public string NodeName { get; }

    public string Address { get; }

    public bool IsReady { get; }

    public DateTimeOffset ReadySince { get; }

    public DateTimeOffset Created { get; }

    /// <summary>The uid of the controlling owner; empty without one.</summary>
    public string Controller { get; } = "";

    public bool IsFinished => Phase is "Succeeded" or "Failed";

    /// <summary>Neither finished nor on its way out.</summary>
    public bool IsActive => !IsFinished && !Stored.IsTerminating;

    public static PodFacts Of(StoredObject stored) => Known.GetValue(stored, static s => new PodFacts(s));

    /// <summary>The pods of a controller.</summary>
    public static List<PodFacts> ControlledBy(string uid, List<StoredObject> pods)
    {
        var facts = new List<PodFacts>(pods.Count);
        foreach (var pod in pods)
        {
            if (Of(pod) is { } fact && fact.Controller == uid)
            {
                facts.Add(fact);
            }
        }

        return facts;
    }

    /// <summary>Ready for as long as the workload wants it before it counts.</summary>
    public bool IsAvailable(long minReadySeconds, DateTimeOffset now) =>
        IsReady && (minReadySeconds == 0 || ReadySince.AddSeconds(minReadySeconds) <= now);

    public static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;
}
