using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>
/// A change in an informer's store. <see cref="Old"/> is <see langword="null"/> for a new object,
/// <see cref="New"/> for one that is gone.
/// </summary>
public readonly record struct InformerEvent(MapValue? Old, MapValue? New)
{
    /// <summary>The object as it is now or last was.</summary>
    public MapValue Object => New ?? Old!;
}
