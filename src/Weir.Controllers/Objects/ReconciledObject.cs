using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// The object of one run: as the server has it, and as this run wants it. <see cref="PatchAsync"/> sends the difference, of
/// metadata and of status apart, under one field manager.
/// </summary>
internal sealed class ReconciledObject
{
    private readonly KubernetesClient _client;
    private readonly string _fieldManager;
    private MapValue _before;

    public ReconciledObject(KubernetesClient client, MapValue live, string fieldManager, TimeProvider time)
    {
        _client = client;
        _fieldManager = fieldManager;
        _before = live;
        Value = live.DeepClone();
        Metadata = ObjectMetadata.Read(live);
        Conditions = new ConditionList(Status, Metadata.Generation, time);
    }

    /// <summary>The object as this run wants it.</summary>
    public MapValue Value { get; }

    public ObjectMetadata Metadata { get; }

    public ConditionList Conditions { get; }

    public MapValue Status => Value.GetOrAddMap("status");

    public ObjectName Name => new(Metadata.Namespace, Metadata.Name);

    public GroupVersionKind Kind => Value.GroupVersionKind();

    public bool HasFinalizer(string name) => Metadata.Finalizers.Contains(name);

    public void AddFinalizer(string name)
    {
        var metadata = Value.GetOrAddMap("metadata");
        if (metadata.GetList("finalizers") is not { } list)
        {
            list = [];
            metadata["finalizers"] = list;
        }

        list.Add(name);
    }

    public void RemoveFinalizer(string name)
    {
        var metadata = Value.GetOrAddMap("metadata");
        if (metadata.GetList("finalizers") is { } list)
        {
            list.RemoveAll(f => f is StringValue text && text.Value == name);
            if (list.Count == 0)
            {
                metadata.Remove("finalizers");
            }
        }
    }

    /// <summary>Copies the request's token to the status, whatever else happens.</summary>
    public void NoteRequest()
    {
        if (Metadata.Annotations.TryGetValue(Annotations.RequestedAt, out var token))
        {
            Status["lastHandledReconcileAt"] = token;
        }
    }

    /// <summary>Sends what changed. An object that is gone needs nothing.</summary>
    public async Task PatchAsync(CancellationToken cancellationToken)
    {
        var options = new WriteOptions { FieldManager = _fieldManager };
        try
        {
            if (MergePatch.Difference(_before.GetMap("status"), Status) is { } status)
            {
                await SendAsync(new MapValue { ["status"] = status }, options with { Subresource = "status" }, cancellationToken).ConfigureAwait(false);
            }

            if (MergePatch.Difference(_before.GetMap("metadata"), Value.GetMap("metadata")) is { } metadata)
            {
                await SendAsync(new MapValue { ["metadata"] = metadata }, options, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ApiException e) when (e.IsNotFound && Metadata.IsBeingDeleted)
        {
            return;
        }

        var sent = new MapValue { ["metadata"] = Value["metadata"]!.DeepClone(), ["status"] = Status.DeepClone() };
        _before = sent;
    }

    private Task<MapValue> SendAsync(MapValue patch, WriteOptions options, CancellationToken cancellationToken) =>
        _client.PatchAsync(Kind, Metadata.Namespace, Metadata.Name, PatchType.Merge, patch, options, cancellationToken);
}
