using Weir.Values;

namespace Weir.Cel.Syntax;

/// <summary>
/// Turns calls of macros into what they stand for, by the definitions of cel-go: the standard macros, those of two variables,
/// those of optionals, and <c>sortBy</c>.
/// </summary>
internal sealed class MacroExpansion(SyntaxErrors errors)
{
    private const string Unused = "#unused";
    private const int MaxCopied = 10_000;
    private const string SortInput = "@__sortBy_input__";

    // How many nodes macros that use an operand twice have copied: each may double what is inside it.
    private int _copied;

    /// <summary>What a call stands for; the call itself when it is no macro.</summary>
    public CelNode Expand(string function, CelNode? target, IReadOnlyList<CelNode> arguments, int position)
    {
        if (target is null)
        {
            return function == "has" && arguments.Count == 1 ? Has(arguments[0], position) : new CallNode(function, null, arguments, position);
        }

        return (function, arguments.Count) switch
        {
            ("all" or "exists" or "exists_one" or "existsOne", 2) => Quantifier(function, target, arguments, isPair: false, position),
            ("all" or "exists" or "exists_one" or "existsOne", 3) => Quantifier(function, target, arguments, isPair: true, position),
            ("map", 2 or 3) => Map(target, arguments, position),
            ("filter", 2) => Filter(target, arguments, position),
            ("transformList", 3 or 4) => TransformList(target, arguments, position),
            ("transformMap", 3 or 4) => TransformMap(target, arguments, position, isEntry: false),
            ("transformMapEntry", 3 or 4) => TransformMap(target, arguments, position, isEntry: true),
            ("optMap", 2) => OptionalMap("optMap", target, arguments, position, isFlat: false),
            ("optFlatMap", 2) => OptionalMap("optFlatMap", target, arguments, position, isFlat: true),
            ("sortBy", 2) => SortBy(target, arguments, position),
            _ => new CallNode(function, target, arguments, position),
        };
    }

    private CelNode Has(CelNode argument, int position) => argument is SelectNode select
        ? new SelectNode(select.Operand, select.Field, isTest: true, position)
        : Fail(argument, "invalid argument to has() macro");

    private CelNode Quantifier(string function, CelNode target, IReadOnlyList<CelNode> arguments, bool isPair, int position)
    {
        var (first, second) = isPair ? Pair(arguments) : (Name(arguments[0], "argument must be a simple name"), null);
        if (first is null || (isPair && second is null))
        {
            return new ErrorNode(position);
        }

        var predicate = arguments[^1];
        (CelNode init, CelNode condition, CelNode step, CelNode result) = function switch
        {
            "all" => ((CelNode)Literal(true), (CelNode)Call("@not_strictly_false", Result()), (CelNode)Call("_&&_", Result(), predicate), Result()),
            "exists" => (Literal(false), Call("@not_strictly_false", Call("!_", Result())), Call("_||_", Result(), predicate), Result()),
            _ => (Literal(0), Literal(true), Call("_?_:_", predicate, Call("_+_", Result(), Literal(1)), Result()), Call("_==_", Result(), Literal(1))),
        };
        return new FoldNode(position)
        {
            Range = target, Variable = first, SecondVariable = second, Init = init, Condition = condition, Step = step, Result = result,
        };

        LiteralNode Literal(Value value) => new(value, position);
        CallNode Call(string name, params CelNode[] operands) => new(name, null, operands, position);
        CelNode Result() => new IdentifierNode(FoldNode.HiddenAccumulator, position);
    }

    private CelNode Map(CelNode target, IReadOnlyList<CelNode> arguments, int position) =>
        Name(arguments[0], "argument is not an identifier") is { } name
            ? Collect(target, name, null, arguments.Count == 3 ? arguments[1] : null, arguments[^1], position)
            : new ErrorNode(position);

    private CelNode Filter(CelNode target, IReadOnlyList<CelNode> arguments, int position) =>
        Name(arguments[0], "argument is not an identifier") is { } name
            ? Collect(target, name, null, arguments[1], arguments[0], position)
            : new ErrorNode(position);

    private CelNode TransformList(CelNode target, IReadOnlyList<CelNode> arguments, int position) =>
        Pair(arguments) is ({ } first, { } second)
            ? Collect(target, first, second, arguments.Count == 4 ? arguments[2] : null, arguments[^1], position)
            : new ErrorNode(position);

    private CelNode TransformMap(CelNode target, IReadOnlyList<CelNode> arguments, int position, bool isEntry)
    {
        if (Pair(arguments) is not ({ } first, { } second))
        {
            return new ErrorNode(position);
        }

        var result = new IdentifierNode(FoldNode.HiddenAccumulator, position);
        IReadOnlyList<CelNode> inserted = isEntry ? [result, arguments[^1]] : [result, new IdentifierNode(first, position), arguments[^1]];
        return Fold(
            target, first, second, new MapNode([], position), arguments.Count == 4 ? arguments[2] : null,
            new CallNode("cel.@mapInsert", null, inserted, position), position);
    }

    private static FoldNode Collect(CelNode target, string first, string? second, CelNode? filter, CelNode item, int position)
    {
        var result = new IdentifierNode(FoldNode.HiddenAccumulator, position);
        var step = new CallNode("_+_", null, [result, new ListNode([(item, false)], position)], position);
        return Fold(target, first, second, new ListNode([], position), filter, step, position);
    }

    private static FoldNode Fold(CelNode target, string first, string? second, CelNode init, CelNode? filter, CelNode step, int position) => new(position)
    {
        Range = target,
        Variable = first,
        SecondVariable = second,
        Init = init,
        Condition = new LiteralNode(true, position),
        Step = filter is null ? step
            : new CallNode("_?_:_", null, [filter, step, new IdentifierNode(FoldNode.HiddenAccumulator, position)], position),
        Result = new IdentifierNode(FoldNode.HiddenAccumulator, position),
    };

    private CelNode OptionalMap(string function, CelNode target, IReadOnlyList<CelNode> arguments, int position, bool isFlat)
    {
        if (arguments[0] is not IdentifierNode { Name: var name })
        {
            return Fail(arguments[0], $"{function}() variable name must be a simple identifier");
        }

        _copied += Count(target, MaxCopied - _copied);
        if (_copied >= MaxCopied)
        {
            return Fail(target, "macro expansion is too large");
        }

        CelNode body = Bind(name, new CallNode("value", target.Copy(), [], position), arguments[1], position);
        return new CallNode(
            "_?_:_", null,
            [
                new CallNode("hasValue", target, [], position),
                isFlat ? body : new CallNode("optional.of", null, [body], position),
                new CallNode("optional.none", null, [], position),
            ],
            position);
    }

    /// <summary>How many nodes a tree has, as far as that is asked.</summary>
    private static int Count(CelNode node, int most)
    {
        var count = 0;
        var open = new Stack<CelNode?>([node]);
        while (count < most && open.TryPop(out var next))
        {
            count++;
            switch (next)
            {
                case SelectNode select:
                    open.Push(select.Operand);
                    break;
                case CallNode call:
                    open.Push(call.Target);
                    call.Arguments.ToList().ForEach(open.Push);
                    break;
                case ListNode list:
                    list.Items.ToList().ForEach(i => open.Push(i.Item));
                    break;
                case MapNode map:
                    map.Entries.ToList().ForEach(e => { open.Push(e.Key); open.Push(e.Value); });
                    break;
                case ObjectNode built:
                    built.Fields.ToList().ForEach(f => open.Push(f.Value));
                    break;
                case FoldNode fold:
                    foreach (var part in (CelNode[])[fold.Range, fold.Init, fold.Condition, fold.Step, fold.Result])
                    {
                        open.Push(part);
                    }

                    break;
            }
        }

        return count;
    }

    private CelNode SortBy(CelNode target, IReadOnlyList<CelNode> arguments, int position)
    {
        if (target is not (ListNode or SelectNode or IdentifierNode or FoldNode or CallNode))
        {
            return Fail(target, "sortBy can only be applied to a list, identifier, comprehension, call or select expression");
        }

        var keys = Map(new IdentifierNode(SortInput, position), arguments, position);
        return keys is ErrorNode
            ? keys
            : Bind(SortInput, target, new CallNode("@sortByAssociatedKeys", new IdentifierNode(SortInput, position), [keys], position), position);
    }

    private static FoldNode Bind(string name, CelNode value, CelNode body, int position) => new(position)
    {
        Range = new ListNode([], position),
        Variable = Unused,
        Accumulator = name,
        Init = value,
        Condition = new LiteralNode(false, position),
        Step = new IdentifierNode(name, position),
        Result = body,
    };

    private (string? First, string? Second) Pair(IReadOnlyList<CelNode> arguments)
    {
        if (Simple(arguments[0]) is not { } first || Simple(arguments[1]) is not { } second)
        {
            return default;
        }

        if (first == second)
        {
            Fail(arguments[1], $"duplicate variable name: {first}");
            return default;
        }

        return IsAccumulator(arguments[0], first) || IsAccumulator(arguments[1], second) ? default : (first, second);

        string? Simple(CelNode argument)
        {
            if (argument is IdentifierNode { Name: var name })
            {
                return name;
            }

            Fail(argument, "argument must be a simple name");
            return null;
        }
    }

    private string? Name(CelNode argument, string message)
    {
        if (argument is not IdentifierNode { Name: var name })
        {
            Fail(argument, message);
            return null;
        }

        return IsAccumulator(argument, name) ? null : name;
    }

    private bool IsAccumulator(CelNode argument, string name)
    {
        if (name is not (FoldNode.HiddenAccumulator or FoldNode.OldAccumulator))
        {
            return false;
        }

        Fail(argument, "iteration variable overwrites accumulator variable");
        return true;
    }

    private ErrorNode Fail(CelNode node, string message)
    {
        errors.Add(node.Position, message);
        return new ErrorNode(node.Position);
    }
}
