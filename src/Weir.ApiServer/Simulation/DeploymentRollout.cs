using System.Globalization;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>A Deployment with its ReplicaSets, and the arithmetic of its next step.</summary>
internal sealed class DeploymentRollout
{
    private static readonly HashSet<string> OwnAnnotations = new(StringComparer.Ordinal)
    {
        "kubectl.kubernetes.io/last-applied-configuration", DeploymentReplicas.RevisionAnnotation, "deployment.kubernetes.io/revision-history",
        DeploymentReplicas.DesiredAnnotation, DeploymentReplicas.MaxAnnotation, "deprecated.deployment.rollback.to",
    };

    private readonly string _hashLabel;
    private readonly MapValue _spec;

    public DeploymentRollout(StoredObject item, List<StoredObject> sets, string hashLabel)
    {
        _hashLabel = hashLabel;
        Stored = item;
        Value = item.Decode();
        _spec = Value.GetMap("spec") ?? [];
        Status = Value.GetMap("status")?.DeepClone() ?? [];
        Revision = long.TryParse(Value.Annotation(DeploymentReplicas.RevisionAnnotation), CultureInfo.InvariantCulture, out var revision) ? revision : 0;
        foreach (var stored in sets)
        {
            if (!stored.IsTerminating)
            {
                Older.Add(new DeploymentReplicas(stored));
            }
        }

        Older.Sort(static (a, b) => a.Created != b.Created ? string.CompareOrdinal(a.Created, b.Created) : string.CompareOrdinal(a.Name, b.Name));
        Current = Older.Find(s => PodTemplates.IsSame(s.Template, Template, hashLabel));
        if (Current is not null)
        {
            Older.Remove(Current);
        }
    }

    public StoredObject Stored { get; }

    public MapValue Value { get; }

    /// <summary>The status to be written.</summary>
    public MapValue Status { get; }

    /// <summary>The ReplicaSet of the present template; absent until it is made.</summary>
    public DeploymentReplicas? Current { get; private set; }

    /// <summary>The others, oldest first.</summary>
    public List<DeploymentReplicas> Older { get; } = [];

    public long Revision { get; private set; }

    public bool IsRevisionChanged { get; private set; }

    public MapValue Template => _spec.GetMap("template") ?? [];

    public long Replicas => _spec.GetInt("replicas") ?? 1;

    public long MinReadySeconds => _spec.GetInt("minReadySeconds") ?? 0;

    public bool IsPaused => _spec.GetBool("paused") == true;

    public bool IsRecreate => _spec.GetMap("strategy")?.GetString("type") == "Recreate";

    public long DeadlineSeconds => _spec.GetInt("progressDeadlineSeconds") ?? 600;

    public bool HasDeadline => DeadlineSeconds < int.MaxValue;

    public long MaxSurge => IsRecreate ? 0 : PodTemplates.Resolve(_spec.At("strategy", "rollingUpdate", "maxSurge"), Replicas, roundUp: true, ((Replicas * 25) + 99) / 100);

    public long MaxUnavailable
    {
        get
        {
            if (IsRecreate || Replicas == 0)
            {
                return 0;
            }

            var bound = PodTemplates.Resolve(_spec.At("strategy", "rollingUpdate", "maxUnavailable"), Replicas, roundUp: false, Replicas * 25 / 100);
            return Math.Min(Replicas, bound == 0 && MaxSurge == 0 ? 1 : bound);
        }
    }

    /// <summary>All ReplicaSets.</summary>
    public IEnumerable<DeploymentReplicas> All => Current is null ? Older : Older.Append(Current);

    /// <summary>The wanted number has changed since the sizes were set, so they are brought in line before a rollout goes on.</summary>
    public bool IsScaling
    {
        get
        {
            foreach (var set in All)
            {
                if (set.Wanted > 0 && long.TryParse(set.Value.Annotation(DeploymentReplicas.DesiredAnnotation), CultureInfo.InvariantCulture, out var desired) && desired != Replicas)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Everything runs and is available, and nothing old is left.</summary>
    public bool IsComplete => Status.GetInt("observedGeneration") == Value.GetMap("metadata")!.GetInt("generation")
        && Current is { } current && current.Wanted == Replicas && current.Actual == Replicas && current.Available == Replicas
        && Older.TrueForAll(static s => s.Wanted == 0 && s.Actual == 0);

    public void SetRevision(long revision)
    {
        IsRevisionChanged |= Revision != revision;
        Revision = revision;
    }

    public void Add(StoredObject set) => Current = new DeploymentReplicas(set);

    /// <summary>Goes on with what a write has left.</summary>
    public void Replace(DeploymentReplicas set, StoredObject stored)
    {
        var index = Older.IndexOf(set);
        if (index >= 0)
        {
            Older[index] = new DeploymentReplicas(stored);
        }
        else
        {
            Current = new DeploymentReplicas(stored);
        }
    }

    /// <summary>The ReplicaSet for the present template, with as many pods as may come at once.</summary>
    public MapValue NewSet(MapValue owner, long revision)
    {
        var template = Template.DeepClone();
        var hash = PodTemplates.Hash(template, Status.GetInt("collisionCount") ?? 0);
        template.GetOrAddMap("metadata").GetOrAddMap("labels")[_hashLabel] = hash;
        var selector = _spec.GetMap("selector")?.DeepClone() ?? [];
        selector.GetOrAddMap("matchLabels")[_hashLabel] = hash;
        var size = Size(Older.Sum(static s => s.Wanted), 0);
        var set = new MapValue
        {
            ["metadata"] = new MapValue
            {
                ["name"] = $"{Stored.Name}-{hash}",
                ["namespace"] = Stored.Namespace,
                ["labels"] = template.GetMap("metadata")!.GetMap("labels")!.DeepClone(),
                ["ownerReferences"] = new ListValue { owner },
            },
            ["spec"] = new MapValue { ["replicas"] = size, ["selector"] = selector, ["template"] = template },
        };
        Conditions.SetCount(set.GetMap("spec")!, "minReadySeconds", MinReadySeconds);
        CopyAnnotations(set, revision);
        AnnotateSize(set, size);
        return set;
    }

    /// <summary>Gives a ReplicaSet the Deployment's annotations and its revision; true when that changes it.</summary>
    public bool CopyAnnotations(MapValue set, long revision)
    {
        var annotations = set.GetMap("metadata")!.GetOrAddMap("annotations");
        var before = annotations.ShallowClone();
        foreach (var key in before.Keys.ToList())
        {
            if (key.StartsWith(SimulatedBehaviour.Prefix, StringComparison.Ordinal))
            {
                annotations.Remove(key);
            }
        }

        foreach (var (key, item) in Value.GetMap("metadata")?.GetMap("annotations") ?? [])
        {
            if (!OwnAnnotations.Contains(key))
            {
                annotations[key] = item;
            }
        }

        annotations[DeploymentReplicas.RevisionAnnotation] = revision.ToString(CultureInfo.InvariantCulture);
        return !Weir.Values.Value.DeepEquals(before, annotations);
    }

    /// <summary>Notes the numbers that a size was made from; true when that changes the ReplicaSet.</summary>
    public bool AnnotateSize(MapValue set, long size)
    {
        var annotations = set.GetMap("metadata")!.GetOrAddMap("annotations");
        if (size == 0 && annotations.ContainsKey(DeploymentReplicas.DesiredAnnotation) && set.GetMap("spec")?.GetInt("replicas") == 0)
        {
            return false;
        }

        var (desired, max) = (Replicas.ToString(CultureInfo.InvariantCulture), (Replicas + MaxSurge).ToString(CultureInfo.InvariantCulture));
        if (annotations.GetString(DeploymentReplicas.DesiredAnnotation) == desired && annotations.GetString(DeploymentReplicas.MaxAnnotation) == max)
        {
            return false;
        }

        annotations[DeploymentReplicas.DesiredAnnotation] = desired;
        annotations[DeploymentReplicas.MaxAnnotation] = max;
        return true;
    }

    /// <summary>One step: more of the new, or else less of the old.</summary>
    public List<(DeploymentReplicas Set, long Size)> NextSizes()
    {
        var current = Current!;
        var size = Size(Older.Sum(static s => s.Wanted), current.Wanted);
        if (size != current.Wanted || Older.TrueForAll(static s => s.Wanted == 0))
        {
            return [(current, size)];
        }

        return IsRecreate ? Older.ConvertAll(static s => (s, 0L)) : Shrunk(current);
    }

    /// <summary>The same shares of a new total.</summary>
    public List<(DeploymentReplicas Set, long Size)> Proportional()
    {
        var active = All.Where(static s => s.Wanted > 0).ToList();
        if (active.Count == 0)
        {
            var latest = Current ?? Older.LastOrDefault();
            return latest is null ? [] : [(latest, Replicas)];
        }

        if (active.Count == 1)
        {
            return [(active[0], Replicas)];
        }

        if (Current is { } current && current.Wanted == Replicas && current.Remaining == Replicas)
        {
            return Older.Where(static s => s.Wanted > 0).Select(static s => (s, 0L)).ToList();
        }

        var allowed = Replicas > 0 ? Replicas + MaxSurge : 0;
        var total = active.Sum(static s => s.Wanted);
        active.Sort(static (a, b) => a.Wanted != b.Wanted ? b.Wanted.CompareTo(a.Wanted) : string.CompareOrdinal(b.Created, a.Created));
        var sizes = active.ConvertAll(s => (Set: s, Size: s.Wanted * allowed / total));
        sizes[0] = (sizes[0].Set, sizes[0].Size + allowed - sizes.Sum(static s => s.Size));
        return sizes;
    }

    /// <summary>Old ReplicaSets without pods beyond the history that is kept, oldest first.</summary>
    public List<DeploymentReplicas> BeyondHistory()
    {
        var empty = Older.Where(static s => s.Wanted == 0 && s.Actual == 0).OrderBy(static s => s.Revision).ToList();
        var surplus = empty.Count - (int)Math.Min(_spec.GetInt("revisionHistoryLimit") ?? 10, int.MaxValue);
        return surplus > 0 ? empty[..surplus] : [];
    }

    private long Size(long others, long present)
    {
        if (IsRecreate || present > Replicas)
        {
            return Replicas;
        }

        var room = Replicas + MaxSurge - others - present;
        return room <= 0 ? present : present + Math.Min(room, Replicas - present);
    }

    private List<(DeploymentReplicas Set, long Size)> Shrunk(DeploymentReplicas current)
    {
        var least = Replicas - MaxUnavailable;
        var spare = All.Sum(static s => s.Wanted) - least - (current.Wanted - current.Remaining);
        var sizes = Older.Where(static s => s.Wanted > 0).ToDictionary(static s => s, static s => s.Wanted);
        if (spare <= 0)
        {
            return [];
        }

        // Pods that do no good go first, whatever is available.
        foreach (var set in Older)
        {
            if (sizes.TryGetValue(set, out var size) && spare > 0)
            {
                var broken = Math.Min(spare, size - set.Remaining);
                sizes[set] = size - broken;
                spare -= broken;
            }
        }

        var surplus = All.Sum(static s => s.Remaining) - least;
        foreach (var set in Older)
        {
            if (sizes.TryGetValue(set, out var size) && surplus > 0)
            {
                var less = Math.Min(surplus, size);
                sizes[set] = size - less;
                surplus -= less;
            }
        }

        return sizes.Where(static s => s.Value != s.Key.Wanted).Select(static s => (s.Key, s.Value)).ToList();
    }
}
