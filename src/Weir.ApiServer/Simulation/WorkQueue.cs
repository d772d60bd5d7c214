namespace Weir.ApiServer.Simulation;

/// <summary>Names of objects to look at, each at most once, now or when the clock has come so far.</summary>
internal sealed class WorkQueue(TimeProvider time) : IDisposable
{
    /// <summary>Timers take no longer waits; whoever is woken early looks at the clock and waits again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Queue<WorkItem> _ready = [];
    private readonly HashSet<WorkItem> _known = [];
    private readonly Dictionary<WorkItem, (ITimer Timer, DateTimeOffset Due)> _timers = [];
    private readonly SemaphoreSlim _signal = new(0);

    public void Add(string ns, string name)
    {
        lock (_lock)
        {
            var item = new WorkItem(ns, name);
            if (!_known.Add(item))
            {
                return;
            }

            _ready.Enqueue(item);
        }

        _signal.Release();
    }

    /// <summary>The earliest of the waits for an object counts.</summary>
    public void AddAfter(string ns, string name, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(ns, name);
            return;
        }

        var key = new WorkItem(ns, name);
        delay = delay < LongestWait ? delay : LongestWait;
        var due = time.GetUtcNow() + delay;
        lock (_lock)
        {
            if (_timers.TryGetValue(key, out var waiting))
            {
                if (waiting.Due <= due)
                {
                    return;
                }

                waiting.Timer.Dispose();
            }

            _timers[key] = (time.CreateTimer(_ => Fire(key, due), null, delay, Timeout.InfiniteTimeSpan), due);
        }
    }

    public async ValueTask<WorkItem> TakeAsync(CancellationToken cancellation)
    {
        await _signal.WaitAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            var key = _ready.Dequeue();
            _known.Remove(key);
            return key;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (timer, _) in _timers.Values)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }

        _signal.Dispose();
    }

    private void Fire(WorkItem key, DateTimeOffset due)
    {
        lock (_lock)
        {
            if (!_timers.TryGetValue(key, out var waiting) || waiting.Due != due)
            {
                return;
            }

            waiting.Timer.Dispose();
            _timers.Remove(key);
        }

        Add(key.Namespace, key.Name);
    }
}
