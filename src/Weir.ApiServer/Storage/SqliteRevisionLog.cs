namespace Weir.ApiServer.Storage;

/// <summary>Keeps changes in a SQLite database.</summary>
internal sealed class SqliteRevisionLog(string file) : IRevisionLog
{
    public IEnumerable<Revision> Load() => throw new NotSupportedException(file);

    public ValueTask AppendAsync(Revision revision, Action durable) => throw new NotSupportedException(file);

    public void Compact(long version)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
