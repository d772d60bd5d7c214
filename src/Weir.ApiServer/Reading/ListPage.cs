using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Reading;

/// <summary>Part of a list: its objects, the version of the whole, the token of the next part (empty at the end) and how many are left, when known.</summary>
internal sealed record ListPage(IReadOnlyList<StoredObject> Items, long ResourceVersion, string Continue, long? Remaining);
