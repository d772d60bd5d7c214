using System.Diagnostics;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>A place in an object that holds a value: a map's field or a list's item.</summary>
internal readonly struct Slot
{
    private readonly Value _container;
    private readonly string? _key;
    private readonly int _index;

    private Slot(Value container, string? key, int index)
    {
        _container = container;
        _key = key;
        _index = index;
    }

    /// <summary>The field of a map, which must be there.</summary>
    public static Slot Field(MapValue map, string key) => new(map, key, 0);

    /// <summary>An item of a list.</summary>
    public static Slot Item(ListValue list, int index) => new(list, null, index);

    /// <summary>A value that stands nowhere else: writing to it reaches nobody.</summary>
    public static Slot Detached(Value value) => Item(new ListValue([value]), 0);

    public Value Value
    {
        get => _container switch
        {
            MapValue map => map[_key!] ?? throw new UnreachableException("the field of a slot is gone"),
            ListValue list => list[_index],
            _ => throw new UnreachableException("a slot without a container"),
        };

        set
        {
            if (_container is MapValue map)
            {
                map[_key!] = value;
            }
            else
            {
                ((ListValue)_container)[_index] = value;
            }
        }
    }
}
