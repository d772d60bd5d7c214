namespace Weir.ApiServer.Storage;

/// <summary>Where changes are kept beyond the life of the process.</summary>
internal interface IRevisionLog : IAsyncDisposable
{
    /// <summary>Every kept change in the order of versions.</summary>
    IEnumerable<Revision> Load();

    /// <summary>
    /// Keeps a change; calls come in the order of versions. Completes when the change survives a crash; completed already when nothing
    /// is kept. <paramref name="durable"/> runs just before, in the order of versions.
    /// </summary>
    ValueTask AppendAsync(Revision revision, Action durable);

    /// <summary>Drops superseded changes up to a version.</summary>
    void Compact(long version);
}
