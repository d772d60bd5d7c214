using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Hands the store's changes to one controller, in order, on its own task.</summary>
internal sealed class ChangeQueue
{
    private readonly Channel<TableChange> _channel =
        Channel.CreateUnbounded<TableChange>(new UnboundedChannelOptions { SingleReader = true });

    public ChangeQueue(ObjectStore store, Func<ResourceTable, ObjectEvent, bool> interests) => store.Changed += (table, change) =>
    {
        if (interests(table, change))
        {
            _channel.Writer.TryWrite(new TableChange(table, change));
        }
    };

    public IAsyncEnumerable<TableChange> ReadAllAsync(CancellationToken cancellation) => _channel.Reader.ReadAllAsync(cancellation);

    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _channel.Reader.WaitToReadAsync(cancellation);

    public bool TryRead([NotNullWhen(true)] out TableChange? item) => _channel.Reader.TryRead(out item);
}
