using System.Globalization;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>Follows one path to one node: field names, <c>[name=value]</c>, indexes, and <c>-</c> for the last item.</summary>
internal static class NodeLookup
{
    /// <summary>The node under the path, or nothing when a step is absent.</summary>
    public static Value? Find(Value? root, params ReadOnlySpan<string> path)
    {
        var node = root;
        foreach (var raw in path)
        {
            var part = raw.Trim();
            if (part.Length == 0)
            {
                continue;
            }

            node = Step(node, part);
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>The slot under the path, or nothing when a step is absent.</summary>
    public static Slot? FindSlot(Value root, params ReadOnlySpan<string> path)
    {
        Slot? slot = null;
        var node = root;
        foreach (var raw in path)
        {
            var part = raw.Trim();
            if (part.Length == 0)
            {
                continue;
            }

            slot = StepSlot(node, part);
            if (slot is null)
            {
                return null;
            }

            node = slot.Value.Value;
        }

        return slot ?? Slot.Detached(root);
    }

    /// <summary>The slot under a path of field names; what is absent is made, maps on the way and the given kind at the end.</summary>
    public static Slot FindOrCreate(MapValue root, NodeKind kind, params ReadOnlySpan<string> path)
    {
        Slot? slot = null;
        Value node = root;
        var last = path.Length - 1;
        for (var i = 0; i < path.Length; i++)
        {
            var part = path[i].Trim();
            if (part.Length == 0)
            {
                continue;
            }

            if (FieldPath.TryIndex(part, out _) || part == "-" || FieldPath.IsItemMatch(part))
            {
                slot = StepSlot(node, part) ?? throw new BuildFailure($"no element '{part}' in the list");
            }
            else
            {
                var map = node as MapValue ?? throw Node.WrongKind("MappingNode", node);
                if (!map.ContainsKey(part))
                {
                    map[part] = Make(i == last ? kind : KindFor(path[i + 1], kind));
                }

                slot = Slot.Field(map, part);
            }

            node = slot.Value.Value;
        }

        return slot ?? Slot.Detached(root);
    }

    /// <summary>An empty node of a kind.</summary>
    public static Value Make(NodeKind kind) => kind switch
    {
        NodeKind.Map => new MapValue(),
        NodeKind.List => new ListValue(),
        _ => new WrittenScalar("", ScalarTag.Undecided),
    };

    /// <summary>What a node must be so that the next part of the path can follow.</summary>
    public static NodeKind KindFor(string nextPart, NodeKind last) =>
        FieldPath.IsItemMatch(nextPart) || FieldPath.IsIndex(nextPart) ? NodeKind.List
        : nextPart.Length == 0 ? last
        : NodeKind.Map;

    private static Value? Step(Value? node, string part)
    {
        if (node is MapValue map && !FieldPath.TryIndex(part, out _) && part != "-" && !FieldPath.IsItemMatch(part) && part != "*")
        {
            return map[part];
        }

        return StepSlot(node, part)?.Value;
    }

    private static Slot? StepSlot(Value? node, string part)
    {
        if (FieldPath.TryIndex(part, out var index))
        {
            if (index < 0)
            {
                throw new BuildFailure(string.Create(CultureInfo.InvariantCulture, $"array index {index} cannot be negative"));
            }

            return ItemAt(node, index);
        }

        if (part == "-")
        {
            return node is ListValue { Count: > 0 } list ? Slot.Item(list, list.Count - 1) : ItemAt(node, 0);
        }

        if (part == "*")
        {
            throw new BuildFailure("wildcard is not supported in PathGetter") { Code = "kustomize-field-path" };
        }

        if (FieldPath.IsItemMatch(part))
        {
            var (name, value) = FieldPath.SplitItemMatch(part);
            return MatchItem(node, name, value);
        }

        return node switch
        {
            MapValue map => map.ContainsKey(part) ? Slot.Field(map, part) : null,
            _ when Scalar.IsMissingOrNull(node) => null,
            _ => throw Node.WrongKind("MappingNode", node!),
        };
    }

    private static Slot? ItemAt(Value? node, int index) => node switch
    {
        ListValue list => index < list.Count ? Slot.Item(list, index) : null,
        _ when Scalar.IsMissingOrNull(node) => null,
        _ => throw Node.WrongKind("SequenceNode", node!),
    };

    private static Slot? MatchItem(Value? node, string name, string value)
    {
        if (Scalar.IsMissingOrNull(node))
        {
            return null;
        }

        var list = node as ListValue ?? throw Node.WrongKind("SequenceNode", node!);
        for (var i = 0; i < list.Count; i++)
        {
            var matches = name.Length == 0
                ? Scalar.Text(list[i]) == value
                : list[i] is MapValue item && item.TryGetValue(name, out var field) && Scalar.Text(field) == value;
            if (matches)
            {
                return Slot.Item(list, i);
            }
        }

        return null;
    }
}
