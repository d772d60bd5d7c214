using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A Go map whose keys are no strings, or whose elements are of a type that plain maps do not have.</summary>
public sealed class GoMap : GoObject
{
    private readonly Dictionary<Value, Value> _entries = [];

    /// <param name="type">A map type.</param>
    /// <param name="entries">Keys and elements of the types that the map type names.</param>
    public GoMap(ReflectType type, params IEnumerable<KeyValuePair<Value, Value>> entries)
    {
        Type = type.Kind == ReflectKind.Map ? type : throw new ArgumentException($"{type.Name} is no map.", nameof(type));
        foreach (var (key, value) in entries)
        {
            _entries[key] = value;
        }
    }

    public override ReflectType Type { get; }

    public int Count => _entries.Count;

    public bool TryGetValue(Value key, [NotNullWhen(true)] out Value? value) => _entries.TryGetValue(key, out value);

    /// <summary>The entries in Go's order of keys.</summary>
    public List<KeyValuePair<Value, Value>> Sorted()
    {
        var entries = new List<KeyValuePair<Value, Value>>(_entries);
        entries.Sort(static (a, b) => KeyOrder.Compare(a.Key, b.Key));
        return entries;
    }

    public override Value? ToPlain() => null;
}
