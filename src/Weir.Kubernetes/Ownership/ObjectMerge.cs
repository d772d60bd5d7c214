using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Merges a configuration into a live object: what the configuration says wins, the rest stays, associative lists keep
/// the order of the live list where they share items. The result shares nothing with its sources.
/// </summary>
internal static class ObjectMerge
{
    public static MapValue Merge(MapValue live, MapValue configuration, Schema schema) =>
        Node(live, configuration, MergeNode.Root(schema)) as MapValue ?? [];

    private static Value? Node(Value? left, Value? right, MergeNode node)
    {
        switch (node.ShapeOf(right ?? left))
        {
            case MergeShape.Map:
                var (leftMap, rightMap) = (left as MapValue, right as MapValue);
                return node.IsAtomicMap || ((leftMap?.Count ?? 0) == 0 && (rightMap?.Count ?? 0) == 0)
                    ? (right ?? left)?.DeepClone()
                    : Map(leftMap, rightMap, node);
            case MergeShape.List:
                var (leftList, rightList) = (left as ListValue, right as ListValue);
                return node.IsAtomicList || ((leftList?.Count ?? 0) == 0 && (rightList?.Count ?? 0) == 0)
                    ? (right ?? left)?.DeepClone()
                    : List(leftList, rightList, node);
            default:
                return right ?? left;
        }
    }

    private static MapValue? Map(MapValue? left, MapValue? right, MergeNode node)
    {
        var result = new MapValue(Math.Max(left?.Count ?? 0, right?.Count ?? 0));
        if (left is not null)
        {
            foreach (var (key, value) in left)
            {
                Add(result, key, value, right?[key], node);
            }
        }

        if (right is not null)
        {
            foreach (var (key, value) in right)
            {
                if (left?.ContainsKey(key) != true)
                {
                    Add(result, key, null, value, node);
                }
            }
        }

        return result.Count > 0 ? result : null;
    }

    private static void Add(MapValue result, string key, Value? left, Value? right, MergeNode node)
    {
        // A live object may hold what the schema no longer has; it stays as it is.
        var value = node.Field(key) is { } child ? Node(left, right, child) : (right ?? left)?.DeepClone();
        if (value is not null)
        {
            result[key] = value;
        }
    }

    private static ListValue? List(ListValue? left, ListValue? right, MergeNode node)
    {
        var items = node.Item();
        var (leftSteps, leftItems) = Index(left, node);
        var (rightSteps, rightItems) = Index(right, node);

        // The items that both lists have, in the order of the configuration: the live list is followed up to the next of them.
        var shared = new Queue<PathElement>(rightSteps.Where(leftItems.ContainsKey));
        shared.TryDequeue(out var nextShared);
        var merged = new HashSet<PathElement>(rightSteps.Count);
        var result = new ListValue(Math.Max(leftSteps.Count, rightSteps.Count));

        for (int l = 0, r = 0; l < leftSteps.Count || r < rightSteps.Count;)
        {
            if (l < leftSteps.Count && r < rightSteps.Count)
            {
                var step = leftSteps[l];
                if (step.Equals(rightSteps[r]))
                {
                    merged.Add(step);
                    Append(result, leftItems[step], rightItems[step], items);
                    l++;
                    r++;
                    shared.TryDequeue(out nextShared);
                    continue;
                }

                if (rightItems.ContainsKey(step) && nextShared is not null && !nextShared.Equals(step))
                {
                    l++;
                    continue;
                }
            }

            if (l < leftSteps.Count)
            {
                var step = leftSteps[l];
                if (!rightItems.ContainsKey(step))
                {
                    Append(result, left![l], null, items);
                    l++;
                    continue;
                }

                if (merged.Contains(step))
                {
                    l++;
                }
            }

            if (r < rightSteps.Count)
            {
                var step = rightSteps[r];
                merged.Add(step);
                Append(result, leftItems.GetValueOrDefault(step), rightItems[step], items);
                r++;
                if (nextShared is not null && nextShared.Equals(step))
                {
                    shared.TryDequeue(out nextShared);
                }
            }
        }

        return result.Count > 0 ? result : null;
    }

    private static void Append(ListValue result, Value? left, Value? right, MergeNode items)
    {
        if (Node(left, right, items) is { } value)
        {
            result.Add(value);
        }
    }

    /// <summary>The steps of a list in order, and the item of each; an item that stands twice counts as null.</summary>
    private static (List<PathElement> Steps, Dictionary<PathElement, Value> Items) Index(ListValue? list, MergeNode node)
    {
        var count = list?.Count ?? 0;
        var (steps, items) = (new List<PathElement>(count), new Dictionary<PathElement, Value>(count));
        for (var i = 0; i < count; i++)
        {
            // Items without a key were refused before; none of them reaches a merge.
            if (node.ElementOf(list![i], out _) is { } step)
            {
                steps.Add(step);
                if (!items.TryAdd(step, list[i]))
                {
                    items[step] = NullValue.Instance;
                }
            }
        }

        return (steps, items);
    }
}
