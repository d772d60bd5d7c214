using Weir.GoTemplate.Tracing;
using Weir.Values;

namespace Weir.Helm;

/// <summary>The paths that templates look at, as a tree of keys.</summary>
internal sealed class UsedPaths
{
    private readonly Dictionary<string, UsedPaths> _below = new(StringComparer.Ordinal);
    private readonly List<ValueUse> _uses = [];

    /// <summary>Whether a template takes everything from here down.</summary>
    public bool IsWhole { get; private set; }

    public IReadOnlyList<ValueUse> Uses => _uses;

    /// <summary>The keys that templates ask for by name.</summary>
    public IEnumerable<string> Keys => _below.Keys.Where(k => k != TracedPlace.Any);

    public IEnumerable<KeyValuePair<string, UsedPaths>> Below => _below;

    public void Add(IReadOnlyList<string> path, bool isWhole, SourceSpan at)
    {
        var node = this;
        foreach (var key in path)
        {
            if (!node._below.TryGetValue(key, out var next))
            {
                node._below[key] = next = new UsedPaths();
            }

            node = next;
        }

        node.IsWhole |= isWhole;
        var same = node._uses.FindIndex(u => u.At == at);
        if (same < 0)
        {
            node._uses.Add(new ValueUse(at, isWhole));
        }
        else if (isWhole)
        {
            node._uses[same] = new ValueUse(at, true);
        }
    }

    /// <summary>What is known below this key, named or among all; <see langword="null"/> when templates know nothing of it.</summary>
    public UsedPaths? Find(string key) => (_below.GetValueOrDefault(key), _below.GetValueOrDefault(TracedPlace.Any)) switch
    {
        (null, var any) => any,
        (var named, null) => named,
        (var named, var any) => Both(named, any),
    };

    private static UsedPaths Both(UsedPaths left, UsedPaths right)
    {
        var both = new UsedPaths { IsWhole = left.IsWhole || right.IsWhole };
        both._uses.AddRange(left._uses);
        both._uses.AddRange(right._uses);
        foreach (var (key, node) in left._below.Concat(right._below))
        {
            both._below[key] = both._below.TryGetValue(key, out var other) ? Both(other, node) : node;
        }

        return both;
    }
}
