using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>What a write left: the stored object, or, for a dry run, the value that would have been stored.</summary>
internal readonly record struct WriteResult(StoredObject? Stored, MapValue? Value, bool IsCreated = false);
