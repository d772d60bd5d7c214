using Weir.Cel.Data;
using Weir.Cel.Syntax;
using Weir.Values;

namespace Weir.Cel.Costs;

/// <summary>Estimates what a checked expression can cost, by cel-go's rules.</summary>
internal sealed class CostEstimation(IReadOnlyDictionary<string, CelSchema> variables)
{
    private static readonly CostRange Free = CostRange.Exactly(0);
    private static readonly CostRange One = CostRange.Exactly(1);
    private static readonly IReadOnlyList<string> NoPath = [];

    private readonly Dictionary<CelNode, IReadOnlyList<string>> _paths = [];
    private readonly Dictionary<CelNode, CostRange> _sizes = [];
    private readonly Dictionary<CelNode, EntrySize> _entrySizes = [];
    private readonly Dictionary<string, Stack<Local>> _locals = new(StringComparer.Ordinal);

    /// <summary>The size of keys and values of a container.</summary>
    private sealed record EntrySize(bool IsList, CostRange Key, CostRange Value)
    {
        public EntrySize Union(EntrySize other) => this with { Key = Key.Union(other.Key), Value = Value.Union(other.Value) };
    }

    private sealed record Local(IReadOnlyList<string> Path, CostRange? Size, EntrySize? Entries);

    public CostRange Of(CelNode node) => node switch
    {
        IdentifierNode identifier => OfIdentifier(identifier),
        SelectNode select => OfSelect(select),
        CallNode call => OfCall(call),
        ListNode list => OfList(list),
        MapNode map => OfMap(map),
        ObjectNode built => OfObject(built),
        FoldNode fold => fold.IsBinding ? OfBinding(fold) : OfFold(fold),
        _ => Free,
    };

    /// <summary>The size of the value at a path, as the schema of its variable limits it.</summary>
    public CostRange? SizeAt(IReadOnlyList<string> path)
    {
        if (path.Count == 0 || variables.Count == 0)
        {
            return null;
        }

        // Kubernetes takes what belongs to no variable, such as the items of a list that is written out, for parts of the whole value.
        var schema = variables.GetValueOrDefault(path[0]) ?? variables.Values.First();

        for (var i = 1; i < path.Count; i++)
        {
            if (path[i] == "@keys")
            {
                return schema.Kind == CelSchemaKind.Map && i == path.Count - 1 ? Free : null;
            }

            var next = path[i] is "@items" or "@values" ? schema.Element : schema.Field(path[i]);
            if (next is null)
            {
                return null;
            }

            schema = next;
        }

        return new(0, (ulong)schema.MaxElements);
    }

    private CostRange OfIdentifier(IdentifierNode node)
    {
        _paths[node] = Find(node.Name)?.Path ?? [node.Name];
        return One;
    }

    private CostRange OfSelect(SelectNode node)
    {
        if (node.QualifiedName is { } name)
        {
            _paths[node] = [name];
            return One;
        }

        var cost = Of(node.Operand);
        if (node.IsTest)
        {
            return cost;
        }

        if (node.Operand.Type.Kind is CelTypeKind.Map or CelTypeKind.Object or CelTypeKind.Parameter)
        {
            cost += One;
        }

        _paths[node] = [.. PathOf(node.Operand), node.Field];
        return cost;
    }

    private CostRange OfCall(CallNode node)
    {
        if (node.Function == "dyn" && node.Arguments.Count == 1)
        {
            var cost = Of(node.Arguments[0]);
            CopySizes(node, node.Arguments[0]);
            return One + cost;
        }

        var costs = new CostRange[node.Arguments.Count];
        var arguments = new SizedNode[node.Arguments.Count];
        for (var i = 0; i < costs.Length; i++)
        {
            costs[i] = Of(node.Arguments[i]);
            arguments[i] = Sized(node.Arguments[i]);
        }

        if (node.Overloads.Count == 0)
        {
            return Free;
        }

        var total = Free;
        SizedNode? target = null;
        if (node.Target is not null)
        {
            total = Of(node.Target);
            target = Sized(node.Target);
        }

        var most = new CostRange(ulong.MaxValue, 0);
        CostRange? size = null;
        foreach (var overload in node.Overloads)
        {
            var estimate = OfOverload(node, overload.Id, target, arguments, costs);
            most = most.Union(estimate.Cost);
            size = estimate.Size is { } one ? size?.Union(one) ?? one : size;
            if (overload.Id is "index_list" or "index_map" && arguments.Length > 0)
            {
                size = EntriesOf(node.Arguments[0])?.Value;
                _paths[node] = [.. PathOf(node.Arguments[0]), overload.Id == "index_list" ? "@items" : "@values"];
            }

            size ??= SizeOf(node);
        }

        SetSize(node, size);
        return total + most;
    }

    private CallEstimate OfOverload(CallNode node, string overload, SizedNode? target, SizedNode[] arguments, CostRange[] costs)
    {
        var sum = Free;
        foreach (var cost in costs)
        {
            sum += cost;
        }

        switch (overload)
        {
            case "logical_or" or "logical_and":
                return new(new(costs[0].Min, (costs[0] + costs[1]).Max));
            case "conditional":
                if (EntriesOf(node.Arguments[1]) is { } then && EntriesOf(node.Arguments[2]) is { } otherwise)
                {
                    _entrySizes[node] = then.Union(otherwise);
                }

                return new(costs[0] + costs[1].Union(costs[2]), arguments[1].SizeOrUnknown.Union(arguments[2].SizeOrUnknown));
            case "add_string" or "add_bytes" or "add_list" when arguments.Length == 2:
                if (EntriesOf(node.Arguments[0]) is { } first && EntriesOf(node.Arguments[1]) is { } second)
                {
                    _entrySizes[node] = first.Union(second);
                }

                var size = arguments[0].SizeOrUnknown + arguments[1].SizeOrUnknown;
                return new((overload == "add_list" ? One : size * CallCosts.Traversal) + sum, size);
            default:
                var own = CallCosts.Of(this, node.Function, overload, target, arguments);
                return own with { Cost = own.Cost + sum };
        }
    }

    private CostRange OfList(ListNode node)
    {
        var cost = CostRange.Exactly((ulong)ActualCost.List);
        var item = new CostRange(node.Items.Count == 0 ? 0 : ulong.MaxValue, 0);
        foreach (var (each, _) in node.Items)
        {
            cost += Of(each);
            item = item.Union(SizeOf(each) ?? CostRange.Unknown);
        }

        _entrySizes[node] = new(IsList: true, One, item);
        return cost;
    }

    private CostRange OfMap(MapNode node)
    {
        var cost = CostRange.Exactly((ulong)ActualCost.Map);
        var key = new CostRange(node.Entries.Count == 0 ? 0 : ulong.MaxValue, 0);
        var value = key;
        foreach (var entry in node.Entries)
        {
            cost = cost + Of(entry.Key) + Of(entry.Value);
            key = key.Union(SizeOf(entry.Key) ?? CostRange.Unknown);
            value = value.Union(SizeOf(entry.Value) ?? CostRange.Unknown);
        }

        _entrySizes[node] = new(IsList: false, key, value);
        return cost;
    }

    private CostRange OfObject(ObjectNode node)
    {
        var cost = CostRange.Exactly((ulong)ActualCost.Object);
        foreach (var (_, value, _, _) in node.Fields)
        {
            cost += Of(value);
        }

        return cost;
    }

    private CostRange OfFold(FoldNode node)
    {
        var cost = Of(node.Range) + Of(node.Init);
        Push(node.Accumulator, new(PathOf(node.Init), SizeOf(node.Init), EntriesOf(node.Init)));
        var entries = EntriesOf(node.Range);
        var isList = entries?.IsList ?? node.Range.Type.Kind == CelTypeKind.List;
        var path = PathOf(node.Range);
        if (node.SecondVariable is { } second)
        {
            Push(node.Variable, new([.. path, isList ? "@indices" : "@keys"], entries?.Key, null));
            Push(second, new([.. path, isList ? "@items" : "@values"], entries?.Value, null));
        }
        else
        {
            Push(node.Variable, new([.. path, isList ? "@items" : "@keys"], isList ? entries?.Value : entries?.Key, null));
        }

        var turn = Of(node.Condition);
        turn = Of(node.Step) + turn;
        Pop(node.Variable);
        if (node.SecondVariable is not null)
        {
            Pop(node.SecondVariable);
        }

        cost += Of(node.Result);
        Pop(node.Accumulator);
        var count = SizeOf(node.Range) ?? CostRange.Unknown;
        cost += count * turn;
        switch (node.Init)
        {
            case LiteralNode:
                SetSize(node, SizeOf(node.Init));
                break;
            case ListNode or MapNode:
                SetSize(node, count);
                if (EntriesOf(node.Step) is { } step)
                {
                    _entrySizes[node] = step;
                }

                break;
        }

        return cost;
    }

    private CostRange OfBinding(FoldNode node)
    {
        var cost = Of(node.Range) + Of(node.Init);
        Push(node.Accumulator, new(PathOf(node.Init), SizeOf(node.Init), EntriesOf(node.Init)));
        cost += Of(node.Result);
        Pop(node.Accumulator);
        CopySizes(node, node.Result);
        return cost;
    }

    private SizedNode Sized(CelNode node)
    {
        var path = PathOf(node);
        var isHidden = path.Count > 0 && path[0] is FoldNode.HiddenAccumulator or FoldNode.OldAccumulator;
        return new(node, node.Type, path.Count == 0 || isHidden ? null : path, SizeOf(node));
    }

    private Local? Find(string name) => _locals.TryGetValue(name, out var stack) && stack.TryPeek(out var local) ? local : null;

    private void Push(string name, Local local)
    {
        if (!_locals.TryGetValue(name, out var stack))
        {
            _locals[name] = stack = [];
        }

        stack.Push(local);
    }

    private void Pop(string name) => _locals[name].Pop();

    private IReadOnlyList<string> PathOf(CelNode node) =>
        node is IdentifierNode identifier && Find(identifier.Name) is { } local ? local.Path : _paths.GetValueOrDefault(node, NoPath);

    private void SetSize(CelNode node, CostRange? size)
    {
        if (size is { } known)
        {
            _sizes[node] = known;
        }
    }

    private void CopySizes(CelNode to, CelNode from)
    {
        SetSize(to, SizeOf(from));
        if (EntriesOf(from) is { } entries)
        {
            _entrySizes[to] = entries;
        }
    }

    private CostRange? SizeOf(CelNode node)
    {
        if (_sizes.TryGetValue(node, out var known))
        {
            return known;
        }

        switch (node)
        {
            case LiteralNode literal:
                return CostRange.Exactly((ulong)Sizes.Of(literal.Value));
            case ListNode list:
                return CostRange.Exactly((ulong)list.Items.Count);
            case MapNode map:
                return CostRange.Exactly((ulong)map.Entries.Count);
        }

        if (SizeAt(PathOf(node)) is { } limited)
        {
            _sizes[node] = limited;
            return limited;
        }

        return IsScalar(node.Type) ? One : node is IdentifierNode identifier ? Find(identifier.Name)?.Size : null;
    }

    private EntrySize? EntriesOf(CelNode node) => _entrySizes.GetValueOrDefault(node)
        ?? (node is IdentifierNode identifier ? Find(identifier.Name)?.Entries : null);

    private static bool IsScalar(CelType type) =>
        type.Kind is CelTypeKind.Bool or CelTypeKind.Double or CelTypeKind.Duration or CelTypeKind.Int or CelTypeKind.Timestamp or CelTypeKind.Uint
        || (type.IsOptional && IsScalar(type.Parameters[0]));
}
