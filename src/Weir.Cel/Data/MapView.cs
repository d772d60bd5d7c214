using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>One way to look at every kind of map.</summary>
internal readonly struct MapView
{
    private readonly MapValue? _plain;
    private readonly CelMap? _map;

    private MapView(MapValue? plain, CelMap? map)
    {
        _plain = plain;
        _map = map;
    }

    public int Count => _plain?.Count ?? _map!.Count;

    /// <summary>False when the value is no map.</summary>
    public static bool TryOf(Value value, out MapView view)
    {
        view = new(value as MapValue, value as CelMap);
        return view._plain is not null || view._map is not null;
    }

    public Value KeyAt(int index) => _plain is null ? _map!.KeyAt(index) : _plain.EntryAt(index).Key;

    public bool TryFind(Value key, [NotNullWhen(true)] out Value? value)
    {
        if (_plain is null)
        {
            return _map!.TryFind(key, out value);
        }

        value = null;
        return key is StringValue name && _plain.TryGetValue(name.Value, out value);
    }
}
