using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>One step of a path in a set of owned fields: a field name, the keys of a list item, the value of a set item, or an index.</summary>
public sealed class PathElement : IComparable<PathElement>, IEquatable<PathElement>
{
    private readonly Step _step;
    private readonly string _name;
    private readonly PathKey[] _keys;
    private readonly Value? _value;
    private readonly int _index;
    private string? _serialized;

    private PathElement(Step step, string name = "", PathKey[]? keys = null, Value? value = null, int index = 0)
    {
        _step = step;
        _name = name;
        _keys = keys ?? [];
        _value = value;
        _index = index;
    }

    private enum Step
    {
        Field,
        Key,
        Value,
        Index,
    }

    /// <summary>The field's name, or <see langword="null"/> when this step is no field.</summary>
    public string? FieldName => _step == Step.Field ? _name : null;

    internal bool IsKey => _step == Step.Key;

    public static PathElement Field(string name) => new(Step.Field, name);

    /// <summary>An item of a list of objects. The keys are sorted by name.</summary>
    public static PathElement Key(params PathKey[] keys)
    {
        Array.Sort(keys, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new(Step.Key, keys: keys);
    }

    /// <summary>An item of a set of scalars.</summary>
    public static PathElement Item(Value value) => new(Step.Value, value: value);

    public static PathElement Index(int index) => new(Step.Index, index: index);

    /// <summary>Reads <c>f:name</c>, <c>k:{…}</c>, <c>v:…</c> or <c>i:0</c>; <see langword="null"/> when it is none of them.</summary>
    public static PathElement? Parse(string text)
    {
        if (text.Length < 2 || text[1] != ':')
        {
            return null;
        }

        switch (text[0])
        {
            case 'f':
                return new(Step.Field, text[2..]) { _serialized = text };
            case 'i' when int.TryParse(text.AsSpan(2), out var index):
                return Index(index);
            case 'v' when ReadJson(text) is { } value:
                return new(Step.Value, value: value) { _serialized = text };
            case 'k' when ReadJson(text) is MapValue map:
                var keys = new PathKey[map.Count];
                for (var i = 0; i < keys.Length; i++)
                {
                    var (name, key) = map.EntryAt(i);
                    keys[i] = new(name, key);
                }

                return Key(keys);
            default:
                return null;
        }
    }

    /// <summary>As managedFields write it: <c>f:name</c>, <c>k:{"name":"x"}</c>.</summary>
    public string Serialize() => _serialized ??= _step switch
    {
        Step.Field => "f:" + _name,
        Step.Key => SerializeKeys(),
        Step.Value => "v:" + JsonWriter.Write(_value!),
        _ => "i:" + GoText.Of(_index),
    };

    /// <summary>As messages write it: <c>.name</c>, <c>[name="x"]</c>, <c>[="x"]</c>, <c>[0]</c>.</summary>
    public override string ToString() => _step switch
    {
        Step.Field => "." + _name,
        Step.Key => $"[{string.Join(',', _keys.Select(k => $"{k.Name}={MergeValue.ToText(k.Value)}"))}]",
        Step.Value => $"[={MergeValue.ToText(_value!)}]",
        _ => $"[{_index}]",
    };

    public int CompareTo(PathElement? other)
    {
        if (other is null)
        {
            return 1;
        }

        if (_step != other._step)
        {
            return _step - other._step;
        }

        switch (_step)
        {
            case Step.Field:
                return GoString.Compare(_name, other._name);
            case Step.Key:
                return CompareKeys(other);
            case Step.Value:
                return MergeValue.Compare(_value!, other._value!);
            default:
                return _index.CompareTo(other._index);
        }
    }

    public bool Equals(PathElement? other) => other is not null && (ReferenceEquals(this, other) || CompareTo(other) == 0);

    public override bool Equals(object? obj) => Equals(obj as PathElement);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_name);
        hash.Add(_index);
        foreach (var key in _keys)
        {
            hash.Add(key.Name);
            hash.Add(MergeValue.Hash(key.Value));
        }

        if (_value is not null)
        {
            hash.Add(MergeValue.Hash(_value));
        }

        return hash.ToHashCode();
    }

    public static bool operator ==(PathElement? left, PathElement? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(PathElement? left, PathElement? right) => !(left == right);

    public static bool operator <(PathElement left, PathElement right) => left.CompareTo(right) < 0;

    public static bool operator >(PathElement left, PathElement right) => left.CompareTo(right) > 0;

    public static bool operator <=(PathElement left, PathElement right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PathElement left, PathElement right) => left.CompareTo(right) >= 0;

    private int CompareKeys(PathElement other)
    {
        for (var i = 0; ; i++)
        {
            if (i >= _keys.Length || i >= other._keys.Length)
            {
                return _keys.Length.CompareTo(other._keys.Length);
            }

            var order = GoString.Compare(_keys[i].Name, other._keys[i].Name);
            if (order == 0)
            {
                order = MergeValue.Compare(_keys[i].Value, other._keys[i].Value);
            }

            if (order != 0)
            {
                return order;
            }
        }
    }

    private string SerializeKeys()
    {
        var text = new StringBuilder("k:{");
        foreach (var key in _keys)
        {
            text.Append(text.Length > 3 ? "," : "").Append(JsonWriter.Write(key.Name)).Append(':').Append(JsonWriter.Write(key.Value));
        }

        return text.Append('}').ToString();
    }

    private static Value? ReadJson(string text) =>
        JsonReader.Read(GoString.ToBytes(text).AsSpan(2)).TryGet(out var value) ? value : null;
}
