using Weir.Kubernetes;

namespace Weir.Controllers;

/// <summary>Who refers to what, kept true by informers: an object tells its references, a change asks for referrers.</summary>
internal sealed class ReferenceIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Referrer, IReadOnlyList<ObjectKey>> _references = [];
    private readonly Dictionary<ObjectKey, HashSet<Referrer>> _referrers = [];

    /// <summary>Replaces what an object refers to; an empty list forgets it.</summary>
    public void Set(Referrer referrer, IReadOnlyList<ObjectKey> references)
    {
        lock (_lock)
        {
            if (_references.Remove(referrer, out var old))
            {
                foreach (var key in old)
                {
                    if (_referrers.TryGetValue(key, out var set) && set.Remove(referrer) && set.Count == 0)
                    {
                        _referrers.Remove(key);
                    }
                }
            }

            if (references.Count == 0)
            {
                return;
            }

            _references[referrer] = references;
            foreach (var key in references)
            {
                if (!_referrers.TryGetValue(key, out var set))
                {
                    set = [];
                    _referrers[key] = set;
                }

                set.Add(referrer);
            }
        }
    }

    /// <summary>Who refers to an object.</summary>
    public IReadOnlyList<Referrer> Referrers(ObjectKey key)
    {
        lock (_lock)
        {
            return _referrers.TryGetValue(key, out var set) ? [.. set] : [];
        }
    }
}
