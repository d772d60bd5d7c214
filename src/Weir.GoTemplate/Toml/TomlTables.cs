using Weir.Values;

namespace Weir.GoTemplate.Toml;

/// <summary>
/// The tables of a document while it is read: which one keys go into, and which were only implied by longer keys and may
/// still be written out.
/// </summary>
internal sealed class TomlTables
{
    private readonly HashSet<object> _implied = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _tableArrays = new(ReferenceEqualityComparer.Instance);
    private List<string> _path = [];
    private string _key = "";
    private MapValue _table;

    public TomlTables() => _table = Root;

    public readonly record struct Place(MapValue Table, List<string> Path, string Key);

    public MapValue Root { get; } = [];

    /// <summary>The key that is being read, in full.</summary>
    public string CurrentKey => _key.Length == 0 ? Join(_path) : Join([.. _path, _key]);

    /// <summary><c>[key]</c> or <c>[[key]]</c>.</summary>
    public void OpenTable(List<string> key, bool isArray)
    {
        _path = [];
        _key = "";
        var parent = Root;
        for (var i = 0; i < key.Count - 1; i++)
        {
            _path.Add(key[i]);
            if (parent[key[i]] is not { } next)
            {
                next = new MapValue();
                _implied.Add(next);
                parent[key[i]] = next;
            }

            parent = Inside(next) ?? throw new TomlSyntaxException($"Key '{Join(_path)}' was already created as a hash.");
        }

        var last = key[^1];
        if (isArray)
        {
            _table = AddToArray(parent, key, last);
        }
        else if (parent[last] is not { } present)
        {
            _table = new MapValue();
            parent[last] = _table;
        }
        else if (present is MapValue table && _implied.Remove(table))
        {
            _table = table;
        }
        else
        {
            throw new TomlSyntaxException($"Key '{Join(key)}' has already been defined.");
        }

        _path.Add(last);
    }

    /// <summary>Goes to the table that the parts of a dotted key name, so that <see cref="Set"/> writes the last part there.</summary>
    public Place Enter(List<string> key)
    {
        var outer = new Place(_table, _path, _key);
        _path = [.. _path];
        for (var i = 0; i < key.Count - 1; i++)
        {
            _path.Add(key[i]);
            if (_table[key[i]] is not { } next)
            {
                next = new MapValue();
                _table[key[i]] = next;
            }

            _implied.Remove(next);
            _table = Inside(next) ?? throw new TomlSyntaxException($"Key '{Join(_path)}' has already been defined.");
        }

        _key = key[^1];
        return outer;
    }

    /// <summary>Writes the value of the key last entered.</summary>
    public void Set(Value value)
    {
        if (_table.ContainsKey(_key))
        {
            throw new TomlSyntaxException($"Key '{CurrentKey}' has already been defined.");
        }

        _table[_key] = value;
    }

    public void Leave(Place outer) => (_table, _path, _key) = (outer.Table, outer.Path, "");

    public Place EnterInline(MapValue table)
    {
        var outer = new Place(_table, _path, _key);
        _path = [.. _path, _key];
        _key = "";
        _table = table;
        return outer;
    }

    public void LeaveInline(Place outer) => (_table, _path, _key) = (outer.Table, outer.Path, outer.Key);

    private MapValue AddToArray(MapValue parent, List<string> key, string last)
    {
        if (parent[last] is not { } present)
        {
            present = new ListValue();
            _tableArrays.Add(present);
            parent[last] = present;
        }

        if (!_tableArrays.Contains(present))
        {
            throw new TomlSyntaxException($"Key '{Join(key)}' was already created and cannot be used as an array.");
        }

        var table = new MapValue();
        ((ListValue)present).Add(table);
        return table;
    }

    /// <summary>The table itself, or the last of an array of tables.</summary>
    private MapValue? Inside(Value value) => value switch
    {
        MapValue map => map,
        ListValue list when _tableArrays.Contains(list) => (MapValue)list[^1],
        _ => null,
    };

    private static string Join(List<string> key) => string.Join('.', key.Select(TomlWriter.KeyPart));
}
