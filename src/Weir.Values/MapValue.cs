using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Values;

/// <summary>
/// A mutable map from strings to values with reference semantics, which keeps the order of insertion.
/// Values are never C# <see langword="null"/>; a lookup that finds nothing answers <see langword="null"/>.
/// Each key remembers where it was written, for diagnostics.
/// </summary>
public sealed class MapValue : Value, IReadOnlyCollection<KeyValuePair<string, Value>>
{
    private const int IndexThreshold = 8;

    private Entry[] _entries;
    private int _count;
    private Dictionary<string, int>? _index;
    private int _version;

    public MapValue() => _entries = [];

    public MapValue(int capacity) => _entries = capacity == 0 ? [] : new Entry[capacity];

    public MapValue(IEnumerable<KeyValuePair<string, Value>> entries)
        : this()
    {
        foreach (var (key, value) in entries)
        {
            this[key] = value;
        }
    }

    private struct Entry
    {
        public string Key;
        public Value Value;
        public SourceSpan KeySpan;
    }

    /// <summary>The Go element type; <see cref="ElementType.Any"/> for everything read from YAML or JSON.</summary>
    public ElementType ElementType { get; init; }

    public override ValueKind Kind => ValueKind.Map;

    public int Count => _count;

    /// <summary>The keys in order of insertion.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            foreach (var entry in this)
            {
                yield return entry.Key;
            }
        }
    }

    /// <summary>The values in order of insertion.</summary>
    public IEnumerable<Value> Values
    {
        get
        {
            foreach (var entry in this)
            {
                yield return entry.Value;
            }
        }
    }

    /// <summary>Reading answers <see langword="null"/> for an absent key; writing replaces in place or appends.</summary>
    [DisallowNull]
    public Value? this[string key]
    {
        get
        {
            var i = Find(key);
            return i < 0 ? null : _entries[i].Value;
        }

        set => Set(key, value, default);
    }

    /// <summary>The key and value at a position in the order of insertion.</summary>
    public KeyValuePair<string, Value> EntryAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
        return new(_entries[index].Key, _entries[index].Value);
    }

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [NotNullWhen(true)] out Value? value)
    {
        var i = Find(key);
        value = i < 0 ? null : _entries[i].Value;
        return i >= 0;
    }

    /// <summary>Adds a key that must not be there yet. Throws <see cref="ArgumentException"/> when it is.</summary>
    public void Add(string key, Value value)
    {
        if (Find(key) >= 0)
        {
            throw new ArgumentException($"The map has the key '{key}' already.", nameof(key));
        }

        Append(key, value, default);
    }

    /// <summary>Sets a key together with the place where it was written.</summary>
    public void Set(string key, Value value, SourceSpan keySpan)
    {
        ArgumentNullException.ThrowIfNull(value);
        var i = Find(key);
        if (i < 0)
        {
            Append(key, value, keySpan);
            return;
        }

        _entries[i].Value = value;
        if (keySpan.IsKnown)
        {
            _entries[i].KeySpan = keySpan;
        }
    }

    /// <summary>Where the key was written; unknown for computed keys and absent ones.</summary>
    public SourceSpan KeySpan(string key)
    {
        var i = Find(key);
        return i < 0 ? default : _entries[i].KeySpan;
    }

    /// <summary>Removes a key and keeps the order of the others. False when it was not there.</summary>
    public bool Remove(string key)
    {
        var i = Find(key);
        if (i < 0)
        {
            return false;
        }

        _count--;
        Array.Copy(_entries, i + 1, _entries, i, _count - i);
        _entries[_count] = default;
        _index = null;
        _version++;
        return true;
    }

    public void Clear()
    {
        _entries = [];
        _count = 0;
        _index = null;
        _version++;
    }

    /// <summary>The string under a key, or <see langword="null"/> when it is absent or no string.</summary>
    public string? GetString(string key) => (this[key] as StringValue)?.Value;

    /// <summary>The map under a key, or <see langword="null"/> when it is absent or no map.</summary>
    public MapValue? GetMap(string key) => this[key] as MapValue;

    /// <summary>The list under a key, or <see langword="null"/> when it is absent or no list.</summary>
    public ListValue? GetList(string key) => this[key] as ListValue;

    /// <summary>The boolean under a key, or <see langword="null"/> when it is absent or no boolean.</summary>
    public bool? GetBool(string key) => (this[key] as BoolValue)?.Value;

    /// <summary>The whole number under a key, or <see langword="null"/> when it is absent or not one. A float without fraction counts.</summary>
    public long? GetInt(string key) => this[key] switch
    {
        IntValue i => i.Value,
        FloatValue f when f.Value == Math.Floor(f.Value) && Math.Abs(f.Value) < 1e15 => (long)f.Value,
        _ => null,
    };

    /// <summary>The map under a key; an absent key or a value of another kind is replaced by an empty map.</summary>
    public MapValue GetOrAddMap(string key)
    {
        if (this[key] is MapValue map)
        {
            return map;
        }

        map = new MapValue();
        this[key] = map;
        return map;
    }

    /// <summary>A copy of this level only: values are shared.</summary>
    public MapValue ShallowClone()
    {
        var copy = new MapValue(_count) { ElementType = ElementType, Span = Span };
        Array.Copy(_entries, copy._entries, _count);
        copy._count = _count;
        return copy;
    }

    public override MapValue DeepClone()
    {
        var copy = ShallowClone();
        for (var i = 0; i < copy._count; i++)
        {
            copy._entries[i].Value = copy._entries[i].Value.DeepClone();
        }

        return copy;
    }

    /// <summary>Equal when both have the same keys with equal values, in any order.</summary>
    public override bool Equals(Value? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is not MapValue map || map._count != _count)
        {
            return false;
        }

        for (var i = 0; i < _count; i++)
        {
            if (!map.TryGetValue(_entries[i].Key, out var value) || !_entries[i].Value.Equals(value))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode() => HashCode.Combine(ValueKind.Map, _count);

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<string, Value>> IEnumerable<KeyValuePair<string, Value>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"map[{string.Join(' ', this.Select(e => $"{e.Key}:{e.Value}"))}]";

    private int Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_count > IndexThreshold)
        {
            return (_index ??= BuildIndex()).TryGetValue(key, out var found) ? found : -1;
        }

        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_count, StringComparer.Ordinal);
        for (var i = 0; i < _count; i++)
        {
            index.Add(_entries[i].Key, i);
        }

        return index;
    }

    private void Append(string key, Value value, SourceSpan keySpan)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(4, _count * 2));
        }

        _entries[_count] = new Entry { Key = key, Value = value, KeySpan = keySpan };
        _index?.Add(key, _count);
        _count++;
        _version++;
    }

    /// <summary>Walks the entries in order of insertion; adding or removing a key meanwhile throws <see cref="InvalidOperationException"/>.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<string, Value>>
    {
        private readonly MapValue _map;
        private readonly int _version;
        private int _next;

        internal Enumerator(MapValue map)
        {
            _map = map;
            _version = map._version;
        }

        public KeyValuePair<string, Value> Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_version != _map._version)
            {
                throw new InvalidOperationException("The map gained or lost a key while it was walked.");
            }

            if (_next >= _map._count)
            {
                return false;
            }

            ref var entry = ref _map._entries[_next++];
            Current = new(entry.Key, entry.Value);
            return true;
        }

        public void Reset() => _next = 0;

        public readonly void Dispose()
        {
        }
    }
}
