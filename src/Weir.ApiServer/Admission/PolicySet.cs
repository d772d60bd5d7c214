using Weir.ApiServer.Storage;
using Weir.Kubernetes;

namespace Weir.ApiServer.Admission;

/// <summary>The policies of one kind with their bindings, compiled again only when one of them changed.</summary>
internal sealed class PolicySet(ResourceTable policies, ResourceTable bindings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Uid, long Version), AdmissionPolicy> _compiled = [];
    private ObjectSet? _seenPolicies;
    private ObjectSet? _seenBindings;
    private IReadOnlyList<(AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings)> _current = [];

    /// <summary>Policies that have bindings, by name.</summary>
    public IReadOnlyList<(AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings)> Current
    {
        get
        {
            var (nowPolicies, nowBindings) = (policies.Objects, bindings.Objects);
            if (nowPolicies.Count == 0 || nowBindings.Count == 0)
            {
                return [];
            }

            lock (_lock)
            {
                if (!ReferenceEquals(nowPolicies, _seenPolicies) || !ReferenceEquals(nowBindings, _seenBindings))
                {
                    _current = Read(nowPolicies, nowBindings);
                    (_seenPolicies, _seenBindings) = (nowPolicies, nowBindings);
                }

                return _current;
            }
        }
    }

    private List<(AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings)> Read(ObjectSet nowPolicies, ObjectSet nowBindings)
    {
        var byPolicy = nowBindings.List(null).Select(b => AdmissionBinding.Read(b.Decode())).ToLookup(b => b.PolicyName, StringComparer.Ordinal);
        var read = new List<(AdmissionPolicy, IReadOnlyList<AdmissionBinding>)>();
        var kept = new HashSet<(string, long)>();
        foreach (var stored in nowPolicies.List(null))
        {
            if (!byPolicy.Contains(stored.Name))
            {
                continue;
            }

            var key = (stored.Uid, stored.ResourceVersion);
            kept.Add(key);
            if (!_compiled.TryGetValue(key, out var policy))
            {
                _compiled[key] = policy = AdmissionPolicy.Read(stored.Decode());
            }

            read.Add((policy, [.. byPolicy[stored.Name]]));
        }

        foreach (var key in _compiled.Keys.Where(k => !kept.Contains(k)).ToList())
        {
            _compiled.Remove(key);
        }

        return read;
    }
}
