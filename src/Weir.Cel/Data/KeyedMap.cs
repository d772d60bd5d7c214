using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>A map that an expression builds, with keys of any simple kind.</summary>
internal sealed class KeyedMap : CelMap
{
    private readonly Dictionary<Value, int> _index = new(CelKeyComparer.Instance);
    private readonly List<(Value Key, Value Value)> _entries = [];

    public override int Count => _entries.Count;

    public override Value KeyAt(int index) => _entries[index].Key;

    public override bool TryFind(Value key, [NotNullWhen(true)] out Value? value)
    {
        var found = _index.TryGetValue(key, out var index);
        value = found ? _entries[index].Value : null;
        return found;
    }

    /// <summary>Sets the value of a key.</summary>
    public void Set(Value key, Value value)
    {
        if (_index.TryGetValue(key, out var index))
        {
            _entries[index] = (key, value);
            return;
        }

        _index.Add(key, _entries.Count);
        _entries.Add((key, value));
    }

    /// <summary>The same entries again, to be changed apart.</summary>
    public KeyedMap Copy()
    {
        var copy = new KeyedMap();
        foreach (var (key, value) in _entries)
        {
            copy.Set(key, value);
        }

        return copy;
    }

    public void Remove(Value key)
    {
        if (!_index.Remove(key, out var index))
        {
            return;
        }

        _entries.RemoveAt(index);
        for (var i = index; i < _entries.Count; i++)
        {
            _index[_entries[i].Key] = i;
        }
    }

    public override bool Equals(Value? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Count;

    /// <summary>A plain map when every key is a text.</summary>
    public override Value? ToPlain()
    {
        var map = new MapValue(_entries.Count);
        foreach (var (key, value) in _entries)
        {
            if (key is not StringValue text)
            {
                return null;
            }

            map[text.Value] = value is OpaqueValue opaque ? opaque.ToPlain() ?? NullValue.Instance : value;
        }

        return map;
    }
}
