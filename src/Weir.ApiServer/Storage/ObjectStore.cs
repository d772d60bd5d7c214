using System.Collections.Concurrent;
using Weir.Values;

namespace Weir.ApiServer.Storage;

/// <summary>
/// All objects, in memory, under one resource version that only grows. A write is acknowledged, and seen by watchers, when its revision
/// log has kept it.
/// </summary>
internal sealed class ObjectStore : IAsyncDisposable
{
    /// <summary>After a restart versions go on above any that a client may have read before its write was kept.</summary>
    private const long RestartGap = 1_000;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, ResourceTable> _tables = new(StringComparer.Ordinal);
    private readonly IRevisionLog _log;
    private readonly int _window;
    private long _version;

    public ObjectStore(IRevisionLog log, int window = 8_192)
    {
        _log = log;
        _window = window;
        foreach (var revision in log.Load())
        {
            Restore(revision);
        }

        _version = _version == 0 ? 1 : _version + RestartGap;
    }

    /// <summary>Told of every durable change, in order; must return at once.</summary>
    public event Action<ResourceTable, ObjectEvent>? Changed;

    /// <summary>The newest resource version.</summary>
    public long Version => Volatile.Read(ref _version);

    public IEnumerable<ResourceTable> Tables => _tables.Values;

    public ResourceTable Table(string id) => _tables.TryGetValue(id, out var table)
        ? table
        : _tables.GetOrAdd(id, static (id, window) => new ResourceTable(id, window), _window);

    /// <summary>The objects of a table together with the version at which they are all there is.</summary>
    public (ObjectSet Objects, long Version) Read(ResourceTable table)
    {
        lock (_lock)
        {
            return (table.Objects, _version);
        }
    }

    /// <summary>
    /// Stores an object in the place of <paramref name="expected"/> (absent for a creation). Answers <see langword="null"/> when the
    /// place no longer holds that.
    /// </summary>
    public async ValueTask<StoredObject?> PutAsync(ResourceTable table, StoredObject? expected, DraftObject draft)
    {
        StoredObject stored;
        ValueTask kept;
        lock (_lock)
        {
            if (!ReferenceEquals(table.Objects.Find(draft.Namespace, draft.Name), expected))
            {
                return null;
            }

            var version = _version + 1;
            stored = draft.At(version);
            kept = Commit(table, new ObjectEvent(version, expected, stored, null));
        }

        await kept.ConfigureAwait(false);
        return stored;
    }

    /// <summary>Removes an object; its last state under the version of the removal, or <see langword="null"/> when it is no longer there.</summary>
    public async ValueTask<StoredObject?> RemoveAsync(ResourceTable table, StoredObject expected)
    {
        StoredObject removed;
        ValueTask kept;
        var draft = new DraftObject(expected.Decode()) { DefinitionGeneration = expected.DefinitionGeneration };
        lock (_lock)
        {
            if (!ReferenceEquals(table.Objects.Find(expected.Namespace, expected.Name), expected))
            {
                return null;
            }

            var version = _version + 1;
            removed = draft.At(version);
            kept = Commit(table, new ObjectEvent(version, expected, null, removed));
        }

        await kept.ConfigureAwait(false);
        return removed;
    }

    /// <summary>Forgets the history of all resources up to a version.</summary>
    public void Compact(long version)
    {
        foreach (var table in _tables.Values)
        {
            table.Compact(version);
        }

        _log.Compact(version);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private ValueTask Commit(ResourceTable table, ObjectEvent change)
    {
        table.Append(change, isDurable: false);
        var position = table.NextPosition;
        Volatile.Write(ref _version, change.Version);
        var subject = change.Subject;
        return _log.AppendAsync(
            new Revision(change.Version, table.Id, subject.Namespace, subject.Name, change.Current is null, subject.Json),
            () =>
            {
                table.Publish(position);
                Changed?.Invoke(table, change);
            });
    }

    private void Restore(Revision revision)
    {
        var table = Table(revision.Resource);
        var previous = table.Objects.Find(revision.Namespace, revision.Name);
        var restored = DraftObject.Restore(revision.Json, revision.Version);
        table.Append(
            revision.IsDeletion
                ? new ObjectEvent(revision.Version, previous, null, restored)
                : new ObjectEvent(revision.Version, previous, restored, null),
            isDurable: true);
        _version = revision.Version;
    }
}
