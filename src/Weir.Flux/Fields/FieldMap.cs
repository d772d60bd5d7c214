using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Flux;

/// <summary>An immutable map with string keys that keeps the written order and compares by content.</summary>
public sealed class FieldMap<T> : IReadOnlyDictionary<string, T>, IEquatable<FieldMap<T>>
{
    private readonly Dictionary<string, T> _entries;

    public FieldMap(IEnumerable<KeyValuePair<string, T>> entries) => _entries = new(entries, StringComparer.Ordinal);

    internal static FieldMap<T> Empty { get; } = new([]);

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<T> Values => _entries.Values;

    public T this[string key] => _entries[key];

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _entries.TryGetValue(key, out value);

    public bool Equals(FieldMap<T>? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (key, value) in _entries)
        {
            if (!other._entries.TryGetValue(key, out var theirs) || !EqualityComparer<T>.Default.Equals(value, theirs))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as FieldMap<T>);

    public override int GetHashCode() => _entries.Count;

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();
}
