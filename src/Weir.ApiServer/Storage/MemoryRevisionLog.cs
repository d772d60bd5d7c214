namespace Weir.ApiServer.Storage;

/// <summary>Keeps nothing: everything ends with the process.</summary>
internal sealed class MemoryRevisionLog : IRevisionLog
{
    public IEnumerable<Revision> Load() => [];

    public ValueTask AppendAsync(Revision revision, Action durable)
    {
        durable();
        return ValueTask.CompletedTask;
    }

    public void Compact(long version)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
