using Weir.Values;

namespace Weir.Fleet;

/// <summary>A Kustomization or HelmRelease that was found and is not built yet.</summary>
internal sealed record PendingUnit(UnitId Id, MapValue Definition, UnitId? Parent);
