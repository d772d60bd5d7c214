using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// A value beside what it was before, when that can be told: fields by their names, items of lists by their keys. Errors about
/// values that did not change are forgiven.
/// </summary>
internal sealed class Correlation(Value value, Value old, Schema? schema)
{
    private Dictionary<Value, Value>? _oldItems;
    private bool? _isSame;

    /// <summary>True when nothing changed. Lists that are told apart by keys may change their order.</summary>
    public bool IsSame => _isSame ??= Compare();

    /// <summary>The same for a field; <see langword="null"/> when it is new or nothing describes it.</summary>
    public Correlation? Field(string name) =>
        value is MapValue map && old is MapValue before && map.TryGetValue(name, out var now) && before.TryGetValue(name, out var then)
        && schema?.Field(name) is { } field
            ? new(now, then, field)
            : null;

    /// <summary>The same for an item; <see langword="null"/> when it cannot be told which it was.</summary>
    public Correlation? Item(int index) =>
        value is ListValue list && old is ListValue && schema is { ListType: ListType.Map, Items: { } items } && OldItem(list[index]) is { } then
            ? new(list[index], then, items)
            : null;

    /// <summary>What an item of a list was before, by its keys; <see langword="null"/> when it is new.</summary>
    public static Value? Find(Dictionary<Value, Value> items, Value item, Schema list) => Key(item, list) is { } key ? items.GetValueOrDefault(key) : null;

    /// <summary>The items of a list by their keys; empty when items have none.</summary>
    public static Dictionary<Value, Value> ByKeys(Value? list, Schema schema)
    {
        var items = new Dictionary<Value, Value>();
        if (list is ListValue old && schema.ListType == ListType.Map)
        {
            foreach (var item in old)
            {
                if (Key(item, schema) is { } key)
                {
                    items[key] = item;
                }
            }
        }

        return items;
    }

    private static ListValue? Key(Value item, Schema list)
    {
        if (item is not MapValue map)
        {
            return null;
        }

        var key = new ListValue(list.ListMapKeys.Count);
        foreach (var name in list.ListMapKeys)
        {
            key.Add(map[name] ?? NullValue.Instance);
        }

        return key;
    }

    private Value? OldItem(Value item) => Find(_oldItems ??= ByKeys(old, schema!), item, schema!);

    private bool Compare()
    {
        switch (value)
        {
            case ListValue list when old is ListValue before && schema?.ListType == ListType.Map && list.Count > 0:
                if (list.Count != before.Count)
                {
                    return false;
                }

                for (var i = 0; i < list.Count; i++)
                {
                    if (Item(i) is not { IsSame: true })
                    {
                        return false;
                    }
                }

                return true;
            case MapValue map when old is MapValue before:
                if (map.Count != before.Count)
                {
                    return false;
                }

                foreach (var name in map.Keys)
                {
                    if (Field(name) is not { IsSame: true })
                    {
                        return false;
                    }
                }

                return true;
            default:
                return MergeValue.AreEqual(value, old);
        }
    }
}
