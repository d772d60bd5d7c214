using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Lifecycle;

/// <summary>A change together with the table it happened in. A class, so that queues of it need no code of their own.</summary>
internal sealed record TableChange(ResourceTable Table, ObjectEvent Change);
