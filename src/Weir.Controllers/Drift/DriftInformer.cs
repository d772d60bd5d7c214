using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The watch of one kind, as long as somebody manages objects of it.</summary>
internal sealed class DriftInformer(KubernetesClient client, GroupVersionKind kind, ListOptions options, Action<MapValue> trim)
{
    private readonly Informer _informer = new(client, kind, options) { Trim = trim };
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    /// <summary>How many owners manage objects of the kind.</summary>
    public int Users { get; set; } = 1;

    /// <summary>True when the first list is read: what comes then is news.</summary>
    public bool IsSynced => _informer.Synced.IsCompletedSuccessfully;

    public MapValue? Find(string space, string name) => _informer.Find(space, name);

    public void Start(Action<DriftInformer, InformerEvent> handler, CancellationToken cancellationToken)
    {
        _informer.OnChange(change => handler(this, change));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = _stop.Token;
        _running = Task.Run(() => RunAsync(token), CancellationToken.None);
    }

    public async Task Stop()
    {
        if (_stop is not { } stop)
        {
            return;
        }

        _stop = null;
        await stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await client.Mapper.FindAsync(kind, cancellationToken).ConfigureAwait(false) is { } resource && !resource.Verbs.Contains("watch"))
            {
                return;
            }
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException)
        {
            // The informer tries again.
        }

        await _informer.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
