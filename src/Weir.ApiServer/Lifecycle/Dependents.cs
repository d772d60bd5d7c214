using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Which objects name which owners, by the owners' uids. For one task only.</summary>
internal sealed class Dependents
{
    private static readonly HashSet<Dependent> None = [];

    private readonly Dictionary<string, HashSet<Dependent>> _byOwner = new(StringComparer.Ordinal);

    /// <summary>Where a dependent is.</summary>
    public readonly record struct Dependent(ResourceTable Table, string Namespace, string Name);

    public IReadOnlyCollection<Dependent> Of(string owner) => _byOwner.GetValueOrDefault(owner, None);

    /// <summary>Follows a change of an object; either side may be absent.</summary>
    public void Replace(ResourceTable table, StoredObject? previous, StoredObject? current)
    {
        foreach (var owner in previous?.Owners ?? [])
        {
            if (_byOwner.TryGetValue(owner, out var dependents) && dependents.Remove(new(table, previous!.Namespace, previous.Name)) && dependents.Count == 0)
            {
                _byOwner.Remove(owner);
            }
        }

        foreach (var owner in current?.Owners ?? [])
        {
            if (!_byOwner.TryGetValue(owner, out var dependents))
            {
                _byOwner.Add(owner, dependents = []);
            }

            dependents.Add(new(table, current!.Namespace, current.Name));
        }
    }
}
