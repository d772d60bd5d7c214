namespace Weir.ApiServer.Storage;

/// <summary>One kept change: the object's JSON after it, or its last JSON when it is a deletion.</summary>
internal sealed record Revision(long Version, string Resource, string Namespace, string Name, bool IsDeletion, byte[] Json);
