using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Resources;

/// <summary>Holds the registry of now; custom resources come and go with their definitions.</summary>
internal sealed class ResourceCatalog(ObjectStore store)
{
    private volatile ResourceRegistry _current = ResourceRegistry.BuiltIn(store);

    public ResourceRegistry Current => _current;

    /// <summary>Serves exactly these custom resources from now on.</summary>
    public void Serve(IReadOnlyList<ServedResource> custom) => _current = _current.With(custom);
}
