using System.Collections.Concurrent;
using System.Net.Sockets;
using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>
/// Keeps a local copy of a collection true by listing and watching, and tells its handlers what changed. The connection may
/// break: it lists again with backoff. Objects of the store are shared and must not be changed.
/// </summary>
public sealed class Informer(KubernetesClient client, GroupVersionKind kind, ListOptions options)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Namespace, string Name), MapValue> _store = new();
    private readonly List<Action<InformerEvent>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupVersionKind Kind { get; } = kind;

    /// <summary>Completes when the store holds the first full list.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Changes an object before it is stored, such as dropping what nobody reads.</summary>
    public Action<MapValue>? Trim { get; init; }

    /// <summary>What is stored now, in no order.</summary>
    public ICollection<MapValue> Objects => _store.Values;

    /// <summary>Adds a handler; it runs on the informer's own loop and must be quick. Add before <see cref="RunAsync"/>.</summary>
    public void OnChange(Action<InformerEvent> handler) => _handlers.Add(handler);

    public MapValue? Find(string space, string name) => _store.GetValueOrDefault((space, name));

    /// <summary>Lists and watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backoff = FirstBackoff;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var version = await ListAsync(cancellationToken).ConfigureAwait(false);
                backoff = FirstBackoff;
                await WatchAsync(version, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (IsPassing(e))
            {
                await Task.Delay(backoff, client.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff;
            }
        }
    }

    private static bool IsPassing(Exception e) =>
        e is ApiException or KindNotServedException or HttpRequestException or IOException or SocketException or OperationCanceledException;

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var list = await client.ListAsync(Kind, options, cancellationToken).ConfigureAwait(false);
        var seen = new HashSet<(string, string)>(list.Items.Count);
        foreach (var item in list.Items)
        {
            seen.Add((item.Namespace(), item.Name()));
            Store(item);
        }

        foreach (var key in _store.Keys)
        {
            if (!seen.Contains(key) && _store.TryRemove(key, out var gone))
            {
                Tell(new(gone, null));
            }
        }

        _synced.TrySetResult();
        return list.ResourceVersion;
    }

    private async Task WatchAsync(string version, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await foreach (var change in client.WatchAsync(Kind, options, version, cancellationToken).ConfigureAwait(false))
                {
                    version = change.Object.GetMap("metadata")?.GetString("resourceVersion") ?? version;
                    switch (change.Type)
                    {
                        case WatchEventType.Added or WatchEventType.Modified:
                            Store(change.Object);
                            break;
                        case WatchEventType.Deleted:
                            _store.TryRemove((change.Object.Namespace(), change.Object.Name()), out var old);
                            Tell(new(old ?? change.Object, null));
                            break;
                        default:
                            break;
                    }
                }
            }
            catch (ApiException e) when (e.IsExpired)
            {
                return;
            }
        }
    }

    private void Store(MapValue value)
    {
        Trim?.Invoke(value);
        var key = (value.Namespace(), value.Name());
        var old = _store.GetValueOrDefault(key);
        if (old is not null && Version(old) == Version(value))
        {
            return;
        }

        _store[key] = value;
        Tell(new(old, value));
    }

    private void Tell(InformerEvent change)
    {
        foreach (var handler in _handlers)
        {
            handler(change);
        }
    }

    private static string? Version(MapValue value) => value.GetMap("metadata")?.GetString("resourceVersion");
}
