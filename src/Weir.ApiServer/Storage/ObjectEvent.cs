namespace Weir.ApiServer.Storage;

/// <summary>One change of one object. Both sides are there for a modification; for a deletion, <see cref="Current"/> is absent.</summary>
/// <param name="Version">The resource version of the change.</param>
/// <param name="Previous">The object before; absent when it was created.</param>
/// <param name="Current">The object after; absent when it was deleted.</param>
/// <param name="Deleted">The last state under the version of its deletion; absent unless it was deleted.</param>
internal sealed record ObjectEvent(long Version, StoredObject? Previous, StoredObject? Current, StoredObject? Deleted)
{
    /// <summary>Whichever side exists.</summary>
    public StoredObject Subject => Current ?? Deleted!;
}
