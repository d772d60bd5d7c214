using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>
/// One simulated controller: it looks at one object of its kind at a time, when that object or one that it depends on has changed, and
/// reads the store itself, so it always sees its own writes.
/// </summary>
internal abstract class SimulatedController : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly WorkQueue _queue;
    private readonly Dictionary<(string, string), TimeSpan> _retries = [];

    protected SimulatedController(SimulatedCluster cluster, ServedResource resource, string account)
    {
        Cluster = cluster;
        Resource = resource;
        Account = account;
        _queue = new WorkQueue(cluster.Time);
    }

    public ServedResource Resource { get; }

    protected SimulatedCluster Cluster { get; }

    /// <summary>The service account of <c>kube-system</c> that the real controller uses.</summary>
    protected string Account { get; }

    /// <summary>The objects that this controller makes and owns: a change of one queues its owner. <see langword="null"/> for none.</summary>
    protected virtual ResourceTable? OwnedTable => null;

    /// <summary>Told of every change in the store; queues what is to be looked at and returns at once.</summary>
    public virtual void Observe(ResourceTable table, ObjectEvent change)
    {
        if (table == Resource.Table)
        {
            Enqueue(change.Subject.Namespace, change.Subject.Name);
        }
        else if (table == OwnedTable)
        {
            EnqueueOwners(change);
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var item in Resource.Table.Objects.List(null))
        {
            Enqueue(item.Namespace, item.Name);
        }

        while (true)
        {
            var (ns, name) = await _queue.TakeAsync(cancellation).ConfigureAwait(false);
            await LookAtAsync(ns, name).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task ReconcileAsync(StoredObject item);

    /// <summary>The object is no longer there.</summary>
    protected virtual Task ForgetAsync(string ns, string name) => Task.CompletedTask;

    protected void Enqueue(string ns, string name) => _queue.Add(ns, name);

    protected void EnqueueAfter(StoredObject item, TimeSpan delay) => _queue.AddAfter(item.Namespace, item.Name, delay);

    /// <summary>The objects of another resource that this one controls.</summary>
    protected List<StoredObject> Dependents(StoredObject owner, ResourceTable table) => Cluster.Owners.Dependents(owner.Uid, table);

    /// <summary>Writes the status (and metadata) back when the status differs from the one that was read.</summary>
    protected async Task WriteStatusAsync(MapValue value, MapValue status)
    {
        if (!Value.DeepEquals(value["status"], status))
        {
            value["status"] = status;
            await Cluster.UpdateAsync(Resource, value, Account, "status").ConfigureAwait(false);
        }
    }

    /// <summary>Queues the owners in this controller's table of an object that has changed.</summary>
    private void EnqueueOwners(ObjectEvent change)
    {
        EnqueueOwners(change.Subject);
        if (change.Previous is { } previous && !previous.Owners.AsSpan().SequenceEqual(change.Subject.Owners))
        {
            EnqueueOwners(previous);
        }
    }

    private void EnqueueOwners(StoredObject item)
    {
        foreach (var uid in item.Owners)
        {
            if (Cluster.Owners.TryFind(uid, out var place) && place.Table == Resource.Table)
            {
                Enqueue(place.Namespace, place.Name);
            }
        }
    }

    private async Task LookAtAsync(string ns, string name)
    {
        try
        {
            if (Resource.Table.Objects.Find(ns, name) is { } item)
            {
                await ReconcileAsync(item).ConfigureAwait(false);
            }
            else
            {
                await ForgetAsync(ns, name).ConfigureAwait(false);
            }

            _retries.Remove((ns, name));
        }
        catch (ApiException exception) when (exception.Status.Reason is "NotFound")
        {
            // Something we wanted to change has gone: its event brings us back if that matters.
        }
        catch (ApiException exception) when (exception.Status.Reason is "Conflict")
        {
            Enqueue(ns, name);
        }
#pragma warning disable CA1031 // The edge: one object that cannot be understood must not stop the others.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            var delay = _retries.GetValueOrDefault((ns, name), FirstRetry);
            _retries[(ns, name)] = delay * 2 < LastRetry ? delay * 2 : LastRetry;
            _queue.AddAfter(ns, name, delay);
        }
    }
}
