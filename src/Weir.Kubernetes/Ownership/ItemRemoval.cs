using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Takes the members of a set out of an object, each with all that lies below it. What stays is shared with the source.</summary>
internal static class ItemRemoval
{
    public static MapValue Remove(MapValue value, FieldSet fields, Schema schema) =>
        fields.IsEmpty ? value : Node(value, fields, MergeNode.Root(schema)) as MapValue ?? [];

    private static Value? Node(Value value, FieldSet fields, MergeNode node)
    {
        switch (node.ShapeOf(value))
        {
            case MergeShape.Map:
                return value is MapValue { Count: > 0 } map && !node.IsAtomicMap ? Map(map, fields, node) : null;
            case MergeShape.List:
                return value is ListValue { Count: > 0 } list && !node.IsAtomicList ? List(list, fields, node) : null;
            default:
                return value;
        }
    }

    private static MapValue? Map(MapValue map, FieldSet fields, MergeNode node)
    {
        var result = new MapValue(map.Count);
        foreach (var (key, value) in map)
        {
            var child = node.Field(key, out var step, out _);
            if (fields.HasMember(step))
            {
                continue;
            }

            result[key] = fields.Child(step) is { } below && child is { } known ? Emptied(value, Node(value, below, known)) : value;
        }

        return result.Count > 0 ? result : null;
    }

    private static ListValue? List(ListValue list, FieldSet fields, MergeNode node)
    {
        var result = new ListValue(list.Count);
        var items = node.Item();
        foreach (var item in list)
        {
            var step = node.ElementOf(item, out _);
            if (step is null)
            {
                result.Add(item);
            }
            else if (!fields.HasMember(step))
            {
                result.Add(fields.Child(step) is { } below ? Emptied(item, Node(item, below, items)) : item);
            }
        }

        return result.Count > 0 ? result : null;
    }

    // A map or list that loses all it holds, but is not a member itself, stays as an empty one.
    private static Value Emptied(Value before, Value? after) => after ?? before switch
    {
        MapValue => new MapValue(0),
        ListValue => new ListValue(0),
        _ => NullValue.Instance,
    };
}
