namespace Weir.ApiServer.Storage;

/// <summary>
/// The objects of one resource, and the recent changes to them. Readers take <see cref="Objects"/> without a lock. Watchers walk the
/// changes by position, so a slow one costs no memory: it falls out of the window instead.
/// </summary>
internal sealed class ResourceTable(string id, int window)
{
    private readonly Lock _lock = new();
    private ObjectEvent[] _events = new ObjectEvent[16];
    private long _first;
    private long _next;
    private long _durable;
    private long _compacted;
    private volatile ObjectSet _objects = ObjectSet.Empty;
    private TaskCompletionSource _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The resource in storage: <c>configmaps</c>, <c>deployments.apps</c>.</summary>
    public string Id { get; } = id;

    public ObjectSet Objects => _objects;

    /// <summary>Changes up to this version are gone from the window.</summary>
    public long Compacted
    {
        get
        {
            lock (_lock)
            {
                return _compacted;
            }
        }
    }

    /// <summary>Applies a change; the store's lock orders the calls.</summary>
    public void Append(ObjectEvent change, bool isDurable)
    {
        lock (_lock)
        {
            if (_next - _first == window)
            {
                _compacted = _events[_first % _events.Length].Version;
                _events[_first % _events.Length] = null!;
                _first++;
            }
            else if (_next - _first == _events.Length)
            {
                Grow();
            }

            _events[_next % _events.Length] = change;
            _next++;
            _objects = change.Current is { } current
                ? _objects.With(current)
                : _objects.Without(change.Subject.Namespace, change.Subject.Name);
        }

        if (isDurable)
        {
            Publish(_next);
        }
    }

    /// <summary>Position behind the newest change, to be published once it is on disk.</summary>
    public long NextPosition
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    /// <summary>Lets watchers see the changes before this position.</summary>
    public void Publish(long position)
    {
        TaskCompletionSource pulse;
        lock (_lock)
        {
            _durable = Math.Max(_durable, position);
            pulse = _pulse;
            _pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        pulse.SetResult();
    }

    /// <summary>Forgets the changes up to a version.</summary>
    public void Compact(long version)
    {
        lock (_lock)
        {
            while (_first < _durable && _events[_first % _events.Length].Version <= version)
            {
                _events[_first % _events.Length] = null!;
                _first++;
            }

            _compacted = Math.Max(_compacted, version);
        }
    }

    /// <summary>
    /// Copies the changes from a position on and moves it behind them. False when the position has left the window.
    /// <paramref name="pulse"/> completes when there is more.
    /// </summary>
    public bool Read(ref long position, List<ObjectEvent> changes, out Task pulse)
    {
        lock (_lock)
        {
            pulse = _pulse.Task;
            if (position < _first)
            {
                return false;
            }

            var end = Math.Min(_durable, position + 1_000);
            for (; position < end; position++)
            {
                changes.Add(_events[position % _events.Length]);
            }

            return true;
        }
    }

    /// <summary>The position of the first change after a version; false when that version is no longer in the window.</summary>
    public bool TryFindPosition(long afterVersion, out long position)
    {
        lock (_lock)
        {
            position = 0;
            if (afterVersion < _compacted)
            {
                return false;
            }

            var (low, high) = (_first, _next);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_events[middle % _events.Length].Version <= afterVersion)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            position = low;
            return true;
        }
    }

    /// <summary>The objects now, and the position of the changes that come after.</summary>
    public (ObjectSet Objects, long Position) Snapshot()
    {
        lock (_lock)
        {
            return (_objects, _next);
        }
    }

    /// <summary>The objects as they were at a version, or <see langword="null"/> when that is no longer known.</summary>
    public ObjectSet? At(long version)
    {
        lock (_lock)
        {
            if (version < _compacted)
            {
                return null;
            }

            var objects = _objects;
            for (var i = _next - 1; i >= _first; i--)
            {
                var change = _events[i % _events.Length];
                if (change.Version <= version)
                {
                    break;
                }

                objects = change.Previous is { } previous
                    ? objects.With(previous)
                    : objects.Without(change.Subject.Namespace, change.Subject.Name);
            }

            return objects;
        }
    }

    private void Grow()
    {
        var larger = new ObjectEvent[Math.Min(_events.Length * 2, window)];
        for (var i = _first; i < _next; i++)
        {
            larger[i % larger.Length] = _events[i % _events.Length];
        }

        _events = larger;
    }
}
