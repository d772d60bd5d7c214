using System.Collections.Concurrent;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>Sees every object of a namespace that comes, over a connection that is never disturbed.</summary>
internal sealed class ChaosObserver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];

    private readonly ConcurrentDictionary<string, HashSet<string>> _created = new(StringComparer.Ordinal);

    public static async Task<ChaosObserver> StartAsync(KubernetesClient client, string space, params GroupVersionKind[] kinds)
    {
        var observer = new ChaosObserver();
        foreach (var kind in kinds)
        {
            var informer = new Informer(client, kind, new() { Namespace = space });
            informer.OnChange(observer.Note);
            observer._tasks.Add(informer.RunAsync(observer._stop.Token));
            await informer.Synced;
        }

        return observer;
    }

    /// <summary>How often an object of this kind and name came into being.</summary>
    public int Creations(string kind, string name)
    {
        if (!_created.TryGetValue($"{kind}/{name}", out var uids))
        {
            return 0;
        }

        lock (uids)
        {
            return uids.Count;
        }
    }

    public IEnumerable<string> Names(string kind) =>
        _created.Keys.Where(k => k.StartsWith(kind + "/", StringComparison.Ordinal)).Select(k => k[(kind.Length + 1)..]).Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_tasks);
        _stop.Dispose();
    }

    private void Note(InformerEvent change)
    {
        if (change.New is { } value)
        {
            var uids = _created.GetOrAdd($"{value.GroupVersionKind().Kind}/{value.Name()}", static _ => []);
            lock (uids)
            {
                uids.Add(value.GetMap("metadata")?.GetString("uid") ?? "");
            }
        }
    }
}
