using System.Diagnostics;
using Weir.Cel.Checking;
using Weir.Cel.Data;
using Weir.Cel.Syntax;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>Turns a checked tree into steps. What is known beforehand is computed once, as cel-go's optimization does it.</summary>
internal sealed class Planner(CelEnvironment environment, bool computesAhead = true)
{
    private static readonly HashSet<string> Conversions = ["bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint"];

    private readonly List<(string Name, int Slot, Step? Binding)> _scope = [];

    /// <summary>How many variables macros bind.</summary>
    public int Locals { get; private set; }

    /// <summary>The error of a part that is known beforehand and cannot be computed.</summary>
    public CelError? Failure { get; private set; }

    public Step Plan(CelNode node) => node switch
    {
        LiteralNode literal => new LiteralStep(literal.Value),
        IdentifierNode identifier => Named(identifier.Name),
        SelectNode select => Select(select),
        CallNode call => Call(call),
        ListNode list => List(list),
        MapNode map => Map(map),
        ObjectNode built => new ObjectStep(built.Name.TrimStart('.'), [.. built.Fields.Select(f => (f.Field, Plan(f.Value), f.IsOptional))]),
        FoldNode fold => fold.IsBinding ? Bind(fold) : Fold(fold),
        _ => throw new UnreachableException(node.GetType().Name),
    };

    private Step Named(string name)
    {
        for (var i = _scope.Count - 1; i >= 0; i--)
        {
            if (_scope[i].Name == name)
            {
                return new PathStep(new LocalStep(_scope[i].Slot, _scope[i].Binding));
            }
        }

        return environment.Variable(name) is null && CelChecker.NamedType(name) is { } type
            ? new LiteralStep(new CelTypeValue(type.Name))
            : new PathStep(new VariableStep(name));
    }

    private Step Select(SelectNode node) => node.QualifiedName is { } name
        ? Named(name)
        : Qualify(Plan(node.Operand), new(new LiteralStep(node.Field), IsOptional: false, node.IsTest));

    private static Step Qualify(Step operand, Qualifier qualifier)
    {
        switch (operand)
        {
            case PathStep path:
                path.Add(qualifier);
                return path;
            case ConditionalStep conditional when !qualifier.IsTest:
                conditional.Add(qualifier);
                return conditional;
            default:
                var relative = new PathStep(operand);
                relative.Add(qualifier);
                return relative;
        }
    }

    private Step Call(CallNode node)
    {
        List<CelNode> operands = [.. node.Arguments];
        if (node.Target is not null)
        {
            operands.Insert(0, node.Target);
        }

        var steps = operands.ConvertAll(Plan).ToArray();
        switch (node.Function)
        {
            case "_?_:_":
                return new ConditionalStep(steps[0], Branch(steps[1]), Branch(steps[2]));
            case "_&&_":
                return new LogicStep(steps[0], steps[1], deciding: false);
            case "_||_":
                return new LogicStep(steps[0], steps[1], deciding: true);
            case "@not_strictly_false":
                return new NotFalseStep(steps[0]);
            case "_==_" or "_!=_":
                return new EqualStep(steps[0], steps[1], node.Function == "_!=_");
            case "_[_]" or "_[?_]" or "_?._":
                return Qualify(steps[0], new(steps[1], IsOptional: node.Function != "_[_]", IsTest: false));
            case "or" or "orValue" when steps.Length == 2 && node.Target is not null:
                return new OptionalOrStep(steps[0], steps[1], node.Function == "orValue");
            case "@in" when steps[1].Constant is IReadOnlyList<Value> members && IsOf(node, "in_list"):
                return members.Count == 0 ? new LiteralStep(BoolValue.False)
                    : members.All(MembershipStep.Takes) ? new MembershipStep(steps[0], members)
                    : Calling(node, steps);
            default:
                return Calling(node, steps);
        }
    }

    private static bool IsOf(CallNode node, string overload) => node.Overloads is [var only] && only.Id == overload;

    // A branch that is a path counts only what is read of it, not itself.
    private static PathStep Branch(Step step)
    {
        var path = step as PathStep ?? new PathStep(step);
        path.IsFree = true;
        return path;
    }

    private Step Calling(CallNode node, Step[] steps)
    {
        var call = new CallStep(environment.Functions.Find(node.Function)!, node.Overloads, steps);
        if (!computesAhead || steps is not [{ Constant: not null }] || !Conversions.Contains(node.Function))
        {
            return call;
        }

        var value = call.Run(new Frame(_ => null, 0, long.MaxValue, CancellationToken.None));
        Failure ??= value as CelError;
        return new LiteralStep(value);
    }

    private Step List(ListNode node)
    {
        var items = node.Items.Select(i => (Item: Plan(i.Item), i.IsOptional)).ToArray();
        var step = new ListStep(items);
        return computesAhead && Array.TrueForAll(items, i => i.Item.Constant is not null && !i.IsOptional) ? Computed(step) : step;
    }

    private Step Map(MapNode node)
    {
        var entries = node.Entries.Select(e => (Key: Plan(e.Key), Value: Plan(e.Value), e.IsOptional)).ToArray();
        var step = new MapStep(entries);
        return computesAhead && Array.TrueForAll(entries, e => e.Key.Constant is not null && e.Value.Constant is not null && !e.IsOptional) ? Computed(step) : step;
    }

    private static LiteralStep Computed(Step step) => new(step.Run(new Frame(_ => null, 0, long.MaxValue, CancellationToken.None)));

    private BindStep Bind(FoldNode node)
    {
        var value = Plan(node.Init);
        var slot = Locals++;
        _scope.Add((node.Accumulator, slot, value));
        var body = Plan(node.Result);
        _scope.RemoveAt(_scope.Count - 1);
        return new BindStep(slot, body);
    }

    private FoldStep Fold(FoldNode node)
    {
        var range = Plan(node.Range);
        var init = node.Init switch
        {
            ListNode { Items.Count: 0 } => new EmptyStep(isMap: false),
            MapNode { Entries.Count: 0 } => new EmptyStep(isMap: true),
            _ => Plan(node.Init),
        };
        var depth = _scope.Count;
        var accumulator = Locals++;
        _scope.Add((node.Accumulator, accumulator, null));
        var first = Locals++;
        _scope.Add((node.Variable, first, null));
        var second = -1;
        if (node.SecondVariable is { } name)
        {
            second = Locals++;
            _scope.Add((name, second, null));
        }

        var condition = Plan(node.Condition);
        var turn = init is EmptyStep ? Collecting(node.Step, accumulator) : Plan(node.Step);
        _scope.RemoveRange(depth + 1, _scope.Count - depth - 1);
        var result = Plan(node.Result);
        _scope.RemoveAt(depth);
        return new FoldStep
        {
            Range = range, Slots = (first, second, accumulator), Init = init, Condition = condition, Turn = turn, Result = result,
        };
    }

    /// <summary>The turn of a macro that collects: what it finds is added in place.</summary>
    private Step Collecting(CelNode turn, int accumulator) => turn switch
    {
        CallNode { Function: "_?_:_", Arguments: [var filter, var then, var otherwise] } =>
            new ConditionalStep(Plan(filter), Branch(Collecting(then, accumulator)), Branch(Plan(otherwise))),
        CallNode { Function: "_+_", Arguments: [IdentifierNode { Name: FoldNode.HiddenAccumulator }, ListNode { Items: [(var item, false)] }] } =>
            new AppendStep(accumulator, Plan(item)),
        CallNode { Function: "cel.@mapInsert", Arguments: [_, var key, var value] } => new InsertStep(accumulator, Plan(key), Plan(value)),
        CallNode { Function: "cel.@mapInsert", Arguments: [_, var entries] } => new InsertStep(accumulator, null, Plan(entries)),
        _ => Plan(turn),
    };
}
