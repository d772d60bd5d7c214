using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>A Kustomization or HelmRelease whose objects are watched, with what is known of it.</summary>
internal sealed class DriftOwner(Referrer name)
{
    public Referrer Name { get; } = name;

    /// <summary>What it manages, with the version of each; empty when its drift is none of ours.</summary>
    public Dictionary<ObjectKey, string> Inventory { get; private set; } = [];

    public HashSet<GroupVersionKind> Kinds { get; private set; } = [];

    /// <summary>The longest wait between two answers.</summary>
    public TimeSpan Interval { get; private set; } = TimeSpan.FromMinutes(1);

    /// <summary>False for a release that is not as it should be: what its objects are is part of the work on it.</summary>
    public bool IsSettled { get; private set; }

    public DriftPace Pace { get; } = new();

    /// <summary>Objects that something happened to.</summary>
    public HashSet<ObjectKey> Pending { get; } = [];

    /// <summary>A look at the pending ones is on its way.</summary>
    public bool IsLookedAt { get; set; }

    /// <summary>Takes over what the object says now.</summary>
    public void Observe(MapValue value)
    {
        var spec = value.GetMap("spec") ?? [];
        var isRelease = Name.Kind == HelmRelease.Kind;
        var isWatched = spec.GetBool("suspend") != true
            && spec.GetMap("kubeConfig") is null
            && (!isRelease || spec.GetMap("driftDetection")?.GetString("mode") is "enabled" or "warn");
        var inventory = new Dictionary<ObjectKey, string>();
        var kinds = new HashSet<GroupVersionKind>();
        foreach (var entry in isWatched ? Weir.Controllers.Inventory.Read(value.GetMap("status") ?? []) : [])
        {
            inventory[entry.Key] = entry.Version;
            kinds.Add(new(entry.Key.Group, entry.Version, entry.Key.Kind));
        }

        (Inventory, Kinds) = (inventory, kinds);
        Interval = FluxDuration.TryParse(spec.GetString("interval") ?? "", out var interval) ? interval.Value : TimeSpan.FromMinutes(1);
        IsSettled = !isRelease || new ConditionList(value.GetMap("status") ?? [], 0, TimeProvider.System).IsTrue(ConditionTypes.Ready);
    }
}
