using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The set of fields that an object says.</summary>
internal static class FieldSetOf
{
    public static FieldSet Object(MapValue value, Schema schema) => Below(value, MergeNode.Root(schema), out _);

    /// <summary>What lies below a value, and whether the value itself is a member.</summary>
    private static FieldSet Below(Value value, MergeNode node, out bool isMember)
    {
        isMember = false;
        switch (node.ShapeOf(value))
        {
            case MergeShape.Scalar:
                isMember = true;
                return FieldSet.Empty;
            case MergeShape.Map:
                isMember = node.IsAtomicMap;
                return !isMember && value is MapValue map ? Map(map, node) : FieldSet.Empty;
            default:
                isMember = node.IsAtomicList;
                return !isMember && value is ListValue list ? List(list, node) : FieldSet.Empty;
        }
    }

    private static FieldSet Map(MapValue map, MergeNode node)
    {
        var builder = new FieldSetBuilder(map.Count, map.Count);
        foreach (var (key, value) in map)
        {
            var child = node.Field(key, out var step, out var isDeclared);
            var isMember = false;
            var below = child is { } known ? Below(value, known, out isMember) : FieldSet.Empty;
            if (isMember || !isDeclared || value is NullValue or MapValue { Count: 0 })
            {
                builder.Add(step);
            }

            builder.Add(step, below);
        }

        return builder.ToSet();
    }

    private static FieldSet List(ListValue list, MergeNode node)
    {
        var builder = new FieldSetBuilder(list.Count, list.Count);
        var items = node.Item();
        var seen = new Dictionary<PathElement, int>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (node.ElementOf(list[i], out _) is { } step)
            {
                // An item that stands twice is owned as a whole.
                seen[step] = seen.ContainsKey(step) ? -1 : i;
            }
        }

        foreach (var (step, place) in seen)
        {
            builder.Add(step);
            if (place >= 0)
            {
                builder.Add(step, Below(list[place], items, out _));
            }
        }

        return builder.ToSet();
    }
}
