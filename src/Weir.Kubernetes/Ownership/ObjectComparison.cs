using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>How two objects of one schema differ.</summary>
internal sealed record ObjectComparison(FieldSet Removed, FieldSet Modified, FieldSet Added)
{
    public static ObjectComparison Of(MapValue left, MapValue right, Schema schema)
    {
        var level = new Level();
        Node(level, null, left, right, MergeNode.Root(schema));
        return new(level.Removed.ToSet(), level.Modified.ToSet(), level.Added.ToSet());
    }

    public ObjectComparison ExceptBelow(FieldSet fields) => fields.IsEmpty
        ? this
        : new(Removed.ExceptBelow(fields), Modified.ExceptBelow(fields), Added.ExceptBelow(fields));

    /// <summary>Compares what stands at a step; the root has none. Differences go to the level that holds the step.</summary>
    private static void Node(Level parent, PathElement? step, Value? left, Value? right, MergeNode node)
    {
        var (leftShape, rightShape) = (node.ShapeOf(left), node.ShapeOf(right));
        if (step is not null && left is not null && right is not null && leftShape == rightShape && leftShape == MergeShape.Scalar)
        {
            if (!MergeValue.AreEqual(left, right))
            {
                parent.Modified.Add(step);
            }

            return;
        }

        var level = step is null ? parent : new Level();
        var change = Change.None;
        if (left is not null && right is not null && leftShape != rightShape)
        {
            change = Shape(level, leftShape, left, right, node, out _);
        }

        var ownChange = Shape(level, right is null ? leftShape : rightShape, left, right, node, out var isLeaf);
        if (ownChange == Change.None && !isLeaf)
        {
            ownChange = left is null ? Change.Added : right is null ? Change.Removed : Change.None;
        }

        if (step is null)
        {
            return;
        }

        Record(parent, step, ownChange);
        if (change != ownChange)
        {
            Record(parent, step, change);
        }

        level.MoveTo(parent, step);
    }

    private static void Record(Level level, PathElement step, Change change)
    {
        switch (change)
        {
            case Change.Added:
                level.Added.Add(step);
                break;
            case Change.Removed:
                level.Removed.Add(step);
                break;
            case Change.Modified:
                level.Modified.Add(step);
                break;
        }
    }

    private static Change Shape(Level level, MergeShape shape, Value? left, Value? right, MergeNode node, out bool isLeaf)
    {
        isLeaf = true;
        switch (shape)
        {
            case MergeShape.Map:
                var (leftMap, rightMap) = (left as MapValue, right as MapValue);
                if (node.IsAtomicMap || ((leftMap?.Count ?? 0) == 0 && (rightMap?.Count ?? 0) == 0))
                {
                    return Leaf(left, right);
                }

                isLeaf = false;
                Map(level, leftMap, rightMap, node);
                return Change.None;
            case MergeShape.List:
                var (leftList, rightList) = (left as ListValue, right as ListValue);
                if (node.IsAtomicList || ((leftList?.Count ?? 0) == 0 && (rightList?.Count ?? 0) == 0))
                {
                    return Leaf(left, right);
                }

                isLeaf = false;
                List(level, leftList, rightList, node);
                return Change.None;
            default:
                return Leaf(left, right);
        }
    }

    private static Change Leaf(Value? left, Value? right) => left is null ? Change.Added
        : right is null ? Change.Removed
        : MergeValue.AreEqual(left, right) ? Change.None : Change.Modified;

    private static void Map(Level level, MapValue? left, MapValue? right, MergeNode node)
    {
        foreach (var (key, value) in left ?? Nothing)
        {
            Field(level, key, value, right?[key], node);
        }

        foreach (var (key, value) in right ?? Nothing)
        {
            if (left?.ContainsKey(key) != true)
            {
                Field(level, key, null, value, node);
            }
        }
    }

    private static void Field(Level level, string key, Value? left, Value? right, MergeNode node)
    {
        if (node.Field(key, out var step, out _) is { } child)
        {
            Node(level, step, left, right, child);
        }
    }

    private static void List(Level level, ListValue? left, ListValue? right, MergeNode node)
    {
        var items = node.Item();
        var (leftItems, rightItems) = (Index(left, node), Index(right, node));
        foreach (var (step, lefts) in leftItems)
        {
            Item(level, step, lefts, rightItems.GetValueOrDefault(step), items);
        }

        foreach (var (step, rights) in rightItems)
        {
            if (!leftItems.ContainsKey(step))
            {
                Item(level, step, default, rights, items);
            }
        }
    }

    private static void Item(Level level, PathElement step, ListItems left, ListItems right, MergeNode items)
    {
        if (!left.IsRepeated && !right.IsRepeated)
        {
            Node(level, step, left.First, right.First, items);
        }
        else if (left.IsRepeated && right.IsRepeated)
        {
            if (!left.SameAs(right))
            {
                level.Modified.Add(step);
            }
        }
        else if (left.IsRepeated)
        {
            ItemOf(level, step, null, right.First, items, Change.Removed);
        }
        else
        {
            ItemOf(level, step, left.First, null, items, Change.Added);
        }
    }

    private static void ItemOf(Level level, PathElement step, Value? left, Value? right, MergeNode items, Change change)
    {
        if (left is not null || right is not null)
        {
            Node(level, step, left, right, items);
        }

        Record(level, step, change);
    }

    private static Dictionary<PathElement, ListItems> Index(ListValue? list, MergeNode node)
    {
        var index = new Dictionary<PathElement, ListItems>(list?.Count ?? 0);
        foreach (var item in list ?? NoItems)
        {
            if (node.ElementOf(item, out _) is { } step)
            {
                index[step] = index.TryGetValue(step, out var items) ? items.With(item) : new(item, null);
            }
        }

        return index;
    }

    private static MapValue Nothing { get; } = new(0);

    private static ListValue NoItems { get; } = new(0);

    private enum Change
    {
        None,
        Added,
        Removed,
        Modified,
    }

    /// <summary>The items of one list that share a key; seldom more than one.</summary>
    private readonly record struct ListItems(Value? First, List<Value>? Others)
    {
        public bool IsRepeated => Others is not null;

        public ListItems With(Value item) => new(First, [.. Others ?? [], item]);

        public bool SameAs(ListItems other)
        {
            if (Others!.Count != other.Others!.Count || !MergeValue.AreEqual(First!, other.First!))
            {
                return false;
            }

            for (var i = 0; i < Others.Count; i++)
            {
                if (!MergeValue.AreEqual(Others[i], other.Others[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed class Level
    {
        private FieldSetBuilder? _removed;
        private FieldSetBuilder? _modified;
        private FieldSetBuilder? _added;

        public FieldSetBuilder Removed => _removed ??= new();

        public FieldSetBuilder Modified => _modified ??= new();

        public FieldSetBuilder Added => _added ??= new();

        public void MoveTo(Level parent, PathElement step)
        {
            if (_removed is not null)
            {
                parent.Removed.Add(step, _removed.ToSet());
            }

            if (_modified is not null)
            {
                parent.Modified.Add(step, _modified.ToSet());
            }

            if (_added is not null)
            {
                parent.Added.Add(step, _added.ToSet());
            }
        }
    }
}
