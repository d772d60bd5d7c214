using System.Collections.Concurrent;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Which objects select a pod that has changed, by namespace.</summary>
internal sealed class SelectorIndex
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, LabelSelector>> _namespaces = new(StringComparer.Ordinal);

    /// <summary>The selector of a plain map of labels.</summary>
    public static LabelSelector ByLabels(MapValue labels) => LabelSelector.Read(new MapValue { ["matchLabels"] = labels })!;

    public void Set(string ns, string name, LabelSelector selector) =>
        _namespaces.GetOrAdd(ns, static _ => new(StringComparer.Ordinal))[name] = selector;

    public void Remove(string ns, string name)
    {
        if (_namespaces.TryGetValue(ns, out var names))
        {
            names.TryRemove(name, out _);
        }
    }

    /// <summary>The names of those that select the object before or after its change.</summary>
    public IEnumerable<string> Matching(ObjectEvent change)
    {
        if (!_namespaces.TryGetValue(change.Subject.Namespace, out var names))
        {
            yield break;
        }

        foreach (var (name, selector) in names)
        {
            if (selector.Matches(change.Subject.Label) || (change.Previous is { } previous && selector.Matches(previous.Label)))
            {
                yield return name;
            }
        }
    }
}
