using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>A column of a Table: how it is described, and what it shows of an object at a moment.</summary>
internal sealed record TableColumn(string Name, string Type, string Format, int Priority, string Description, Func<MapValue, DateTimeOffset, Value> Cell)
{
    public MapValue ToValue() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description,
        ["priority"] = Priority,
    };
}
