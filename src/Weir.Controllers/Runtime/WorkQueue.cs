namespace Weir.Controllers;

/// <summary>
/// Names that wait for work. A name is handed to one worker at a time; one that is added while it is worked on comes back
/// afterwards. Delays run on the given clock; an earlier time for the same name wins.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Queue<ObjectName> _ready = new();
    private readonly Dictionary<ObjectName, long> _waiting = [];
    private readonly HashSet<ObjectName> _working = [];
    private readonly PriorityQueue<ObjectName, DateTimeOffset> _later = new();
    private readonly Dictionary<ObjectName, DateTimeOffset> _due = [];
    private readonly SemaphoreSlim _signal = new(0);
    private readonly ITimer _timer;
    private bool _isDisposed;

    public WorkQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => MoveDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True when nothing is ready or being worked on.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0 && _working.Count == 0;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>How often a name was added.</summary>
    public long Adds { get; private set; }

    public void Add(ObjectName name)
    {
        lock (_lock)
        {
            _due.Remove(name);
            AddReady(name);
        }
    }

    public void AddAfter(ObjectName name, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(name);
            return;
        }

        lock (_lock)
        {
            var due = _time.GetUtcNow() + delay;
            if (_due.TryGetValue(name, out var known) && known <= due)
            {
                return;
            }

            _due[name] = due;
            _later.Enqueue(name, due);
            SetTimer();
        }
    }

    /// <summary>Takes the name out of the queue, now and for later.</summary>
    public void Drop(ObjectName name)
    {
        lock (_lock)
        {
            _due.Remove(name);
            _waiting.Remove(name);
        }
    }

    /// <summary>Forgets when the name was to come back.</summary>
    public void Forget(ObjectName name)
    {
        lock (_lock)
        {
            _due.Remove(name);
        }
    }

    /// <summary>The next name, and how long it waited.</summary>
    public async Task<(ObjectName Name, TimeSpan Waited)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                while (_ready.TryDequeue(out var name))
                {
                    // One that is not waiting any more was dropped.
                    if (!_working.Contains(name) && _waiting.Remove(name, out var since))
                    {
                        _working.Add(name);
                        return (name, _time.GetElapsedTime(since));
                    }
                }
            }
        }
    }

    /// <summary>True when the name was added again while it is worked on.</summary>
    public bool IsWaiting(ObjectName name)
    {
        lock (_lock)
        {
            return _waiting.ContainsKey(name);
        }
    }

    /// <summary>Says that the work on a name is over.</summary>
    public void Finish(ObjectName name)
    {
        lock (_lock)
        {
            _working.Remove(name);
            if (_waiting.ContainsKey(name))
            {
                _ready.Enqueue(name);
                _signal.Release();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        _signal.Dispose();
    }

    private void AddReady(ObjectName name)
    {
        if (_isDisposed)
        {
            return;
        }

        Adds++;
        if (!_waiting.TryAdd(name, _time.GetTimestamp()) || _working.Contains(name))
        {
            return;
        }

        _ready.Enqueue(name);
        _signal.Release();
    }

    private void MoveDue()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            var now = _time.GetUtcNow();
            while (_later.TryPeek(out var name, out var due) && due <= now)
            {
                _later.Dequeue();
                if (_due.TryGetValue(name, out var wanted) && wanted == due)
                {
                    _due.Remove(name);
                    AddReady(name);
                }
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_later.TryPeek(out _, out var due))
        {
            var wait = due - _time.GetUtcNow();
            wait = wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait > TimeSpan.FromDays(40) ? TimeSpan.FromDays(40) : wait;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
