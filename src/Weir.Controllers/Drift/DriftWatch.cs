using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Watches the metadata of what Kustomizations and HelmReleases manage, one watch for each kind in use and controller, and wakes the
/// owner when an object is deleted or loses fields to somebody. What the owner itself does while it runs is not drift.
/// </summary>
internal sealed class DriftWatch : IAsyncDisposable
{
    // Long enough that a change of many objects is one run, short enough that nobody notices.
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(50);

    // A run that lasts longer waits for health: what happens to its objects meanwhile is not its own doing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly KubernetesClient _client;
    private readonly ControllerSettings _settings;
    private readonly string _space;
    private readonly Func<Referrer, bool> _isRunning;
    private readonly Action<Referrer, TimeSpan, bool> _wake;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<Referrer, DriftOwner> _owners = [];
    private readonly Dictionary<(GroupVersionKind Kind, GroupVersionKind Owner), DriftInformer> _informers = [];
    private readonly HashSet<ObjectKey> _changed = [];

    /// <param name="client">The cluster.</param>
    /// <param name="settings">Clock and log.</param>
    /// <param name="space">Only this namespace is watched; empty for all.</param>
    /// <param name="isRunning">Whether an owner is worked on now.</param>
    /// <param name="wake">Reconciles an owner after a time; the last says that waits of a run under way end.</param>
    public DriftWatch(
        KubernetesClient client,
        ControllerSettings settings,
        string space,
        Func<Referrer, bool> isRunning,
        Action<Referrer, TimeSpan, bool> wake)
    {
        _client = client;
        _settings = settings;
        _space = space;
        _isRunning = isRunning;
        _wake = wake;
    }

    /// <summary>How many watches are open, for tests and figures.</summary>
    public int Watches
    {
        get
        {
            lock (_lock)
            {
                return _informers.Count;
            }
        }
    }

    /// <summary>Takes over what an owner manages now, as its status says; an owner that is gone manages nothing.</summary>
    public void Observe(InformerEvent change)
    {
        var value = change.Object;
        var name = new Referrer(value.GroupVersionKind(), new(value.Namespace(), value.Name()));
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            if (!_owners.TryGetValue(name, out var owner))
            {
                if (change.New is null)
                {
                    return;
                }

                owner = new DriftOwner(name);
                _owners[name] = owner;
            }

            var before = owner.Kinds;
            if (change.New is null)
            {
                _owners.Remove(name);
                Release(before, name.Kind);
                return;
            }

            owner.Observe(change.New);
            foreach (var kind in owner.Kinds)
            {
                if (!before.Contains(kind))
                {
                    Acquire(kind, name.Kind);
                }
            }

            before.ExceptWith(owner.Kinds);
            Release(before, name.Kind);
        }
    }

    /// <summary>An owner's run is over: what happened meanwhile is looked at.</summary>
    public void Ended(Referrer name)
    {
        lock (_lock)
        {
            if (_owners.TryGetValue(name, out var owner) && owner.Pending.Count > 0)
            {
                LookSoon(owner, Debounce);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Task> tasks;
        lock (_lock)
        {
            _stop.Cancel();
            tasks = [.. _informers.Values.Select(static i => i.Stop())];
        }

        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Acquire(GroupVersionKind kind, GroupVersionKind ownerKind)
    {
        if (_informers.TryGetValue((kind, ownerKind), out var informer))
        {
            informer.Users++;
            return;
        }

        var (manager, labels) = ownerKind == HelmRelease.Kind
            ? (HelmReleaseServices.ControllerName, HelmRelease.Kind.Group)
            : (KustomizationServices.ControllerName, Kustomization.Kind.Group);
        informer = new DriftInformer(
            _client,
            kind,
            new() { Namespace = _space, LabelSelector = $"{labels}/name", IsMetadataOnly = true },
            value => OwnedFields.Trim(value, manager, labels));
        informer.Start((source, change) => OnObject(source, change, ownerKind, labels), _stop.Token);
        _informers.Add((kind, ownerKind), informer);
    }

    private void Release(IEnumerable<GroupVersionKind> kinds, GroupVersionKind ownerKind)
    {
        foreach (var kind in kinds)
        {
            if (_informers.TryGetValue((kind, ownerKind), out var informer) && --informer.Users == 0)
            {
                _informers.Remove((kind, ownerKind));
                _ = informer.Stop();
            }
        }
    }

    private void OnObject(DriftInformer source, InformerEvent change, GroupVersionKind ownerKind, string labels)
    {
        var known = change.Old ?? change.New!;
        var key = known.Key();
        if (known.Label($"{labels}/name") is not { } name || known.Label($"{labels}/namespace") is not { } space)
        {
            return;
        }

        lock (_lock)
        {
            if (change.New is null)
            {
                _changed.Remove(key);

                // Jobs go when their time to live is over; making them anew would run them again.
                if (key is { Group: "batch", Kind: "Job" })
                {
                    return;
                }
            }
            else
            {
                var now = OwnedFields.Of(change.New);
                var isChanged = change.Old is null ? now.IsEmpty && source.IsSynced : now.HasLostSince(OwnedFields.Of(change.Old));
                if (!isChanged)
                {
                    // Only the owner's own write gives back what was lost.
                    if (change.Old is null || now != OwnedFields.Of(change.Old))
                    {
                        _changed.Remove(key);
                    }

                    return;
                }

                _changed.Add(key);
            }

            if (_owners.TryGetValue(new(ownerKind, new(space, name)), out var owner))
            {
                owner.Pending.Add(key);
                LookSoon(owner, Debounce);
            }
        }
    }

    private void LookSoon(DriftOwner owner, TimeSpan delay)
    {
        if (!owner.IsLookedAt)
        {
            owner.IsLookedAt = true;
            _ = LookAsync(owner, delay);
        }
    }

    private async Task LookAsync(DriftOwner owner, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _settings.Time, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var isRunning = _isRunning(owner.Name);
        TimeSpan wait;
        string found;
        lock (_lock)
        {
            owner.IsLookedAt = false;
            if (owner.Pending.Count == 0)
            {
                return;
            }

            if (isRunning && (owner.Name.Kind == HelmRelease.Kind || delay < Patience))
            {
                // Its end is another reason to look, and comes first as a rule.
                if (owner.Name.Kind != HelmRelease.Kind)
                {
                    LookSoon(owner, Patience);
                }

                return;
            }

            found = Drifted(owner);
            owner.Pending.Clear();
            if (found.Length == 0 || !owner.IsSettled)
            {
                return;
            }

            wait = owner.Pace.Wait(_settings.Time.GetUtcNow(), owner.Interval);
        }

        var name = owner.Name;
        _settings.Log?.Invoke(new(
            LogLevel.Info,
            name.Kind.Kind,
            name.Name,
            wait == TimeSpan.Zero ? $"drift: {found}" : $"drift again: {found}; waiting {new FluxDuration(wait)}",
            null));
        _wake(name, wait, isRunning);
    }

    private string Drifted(DriftOwner owner)
    {
        var lines = new List<string>();
        foreach (var key in owner.Pending)
        {
            if (!owner.Inventory.TryGetValue(key, out var version)
                || !_informers.TryGetValue((new(key.Group, version, key.Kind), owner.Name.Kind), out var informer)
                || !informer.IsSynced)
            {
                continue;
            }

            if (informer.Find(key.Namespace, key.Name) is not { } value)
            {
                lines.Add($"{key} is gone");
            }
            else if (_changed.Contains(key))
            {
                lines.Add(OwnedFields.LastOther(value) is { Length: > 0 } other ? $"{key} was changed by {other}" : $"{key} was changed");
            }
        }

        return string.Join(", ", lines);
    }
}
