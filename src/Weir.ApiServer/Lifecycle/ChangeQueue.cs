using System.Threading.Channels;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Hands the store's changes to one controller, in order, on its own task.</summary>
internal sealed class ChangeQueue
{
    private readonly Channel<(ResourceTable Table, ObjectEvent Change)> _channel =
        Channel.CreateUnbounded<(ResourceTable, ObjectEvent)>(new UnboundedChannelOptions { SingleReader = true });

    public ChangeQueue(ObjectStore store, Func<ResourceTable, ObjectEvent, bool> interests) => store.Changed += (table, change) =>
    {
        if (interests(table, change))
        {
            _channel.Writer.TryWrite((table, change));
        }
    };

    public IAsyncEnumerable<(ResourceTable Table, ObjectEvent Change)> ReadAllAsync(CancellationToken cancellation) => _channel.Reader.ReadAllAsync(cancellation);

    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _channel.Reader.WaitToReadAsync(cancellation);

    public bool TryRead(out (ResourceTable Table, ObjectEvent Change) item) => _channel.Reader.TryRead(out item);
}
