using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>{{range pipeline}} … {{else}} … {{end}}</c> over lists, maps, integers and sequences.</summary>
internal sealed class RangeStatement(ParsedText source, int position, Pipeline pipeline, StatementList body, StatementList? otherwise)
    : BranchStatement(source, position, "range", pipeline, body, otherwise)
{
    public override Flow Execute(Execution execution)
    {
        execution.At = this;
        if (!execution.Step() || !execution.EnsureStack())
        {
            return Flow.Failed;
        }

        var value = Pipeline.Evaluate(execution);
        if (execution.HasFailed)
        {
            return Flow.Failed;
        }

        var outer = execution.Dot;
        var flow = Walk(execution, value, out var ran);
        execution.Dot = outer;
        if (flow == Flow.Failed)
        {
            return flow;
        }

        return ran ? Flow.Next : Otherwise?.Execute(execution) ?? Flow.Next;
    }

    private Flow Walk(Execution execution, Value? value, out bool ran)
    {
        ran = false;
        var named = ReflectType.Of(value);
        while (value is GoObject { IsNil: false } o && (o.Target ?? o.Underlying) is { } inner)
        {
            named = o.Target is null ? named : ReflectType.Of(inner);
            value = inner;
        }

        switch (value)
        {
            case null or NullValue:
                return Flow.Next;
            case MapValue map:
                return WalkMap(execution, map, out ran);
            case ListValue list:
                return WalkList(execution, list, out ran);
            case IntValue number when Pipeline.Variables.Length > 1:
                return execution.FailFlow($"can't use {number} to iterate over more than one variable");
            case IntValue number:
                return WalkInteger(execution, number, named!, out ran);
            case GoObject { IsNil: true, Type.Kind: ReflectKind.Map or ReflectKind.Slice or ReflectKind.Chan }:
                return Flow.Next;
            case GoMap map:
                return WalkPairs(execution, map.Sorted(), map.Type.Element?.Kind == ReflectKind.Interface, out ran);
            case GoObject { Iteration: not Iteration.None } sequence:
                return WalkSequence(execution, sequence, out ran);
            default:
                return execution.FailFlow($"range can't iterate over {GoFormat.ToText(value)}");
        }
    }

    private Flow WalkMap(Execution execution, MapValue map, out bool ran)
    {
        ran = map.Count > 0;
        var isInterface = map.ElementType == ElementType.Any;
        foreach (var (key, element) in KeyOrder.Sorted(map))
        {
            var index = Pipeline.Variables.Length > 1 ? new StringValue(key) : null;
            var flow = Turn(execution, index, new Located(element, isInterface));
            if (flow != Flow.Next)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }

        return Flow.Next;
    }

    private Flow WalkList(Execution execution, ListValue list, out bool ran)
    {
        var count = list.Count;
        ran = count > 0;
        var isInterface = list.ElementType == ElementType.Any;
        for (var i = 0; i < count && i < list.Count; i++)
        {
            var index = Pipeline.Variables.Length > 1 ? new IntValue(i, IntegerType.Int) : null;
            var flow = Turn(execution, index, new Located(list[i], isInterface));
            if (flow != Flow.Next)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }

        return Flow.Next;
    }

    private Flow WalkInteger(Execution execution, IntValue count, ReflectType type, out bool ran)
    {
        var isPlain = ReferenceEquals(type, ReflectType.OfInteger(count.Type));
        ran = count.IsUnsigned ? count.UnsignedValue > 0 : count.Value > 0;
        for (ulong i = 0; ran && i < count.UnsignedValue; i++)
        {
            var number = new IntValue((long)i, count.Type);
            var flow = Turn(execution, null, new Located(isPlain ? number : new GoNamed(type, number), IsInterface: false));
            if (flow != Flow.Next)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }

        return Flow.Next;
    }

    private Flow WalkSequence(Execution execution, GoObject sequence, out bool ran)
    {
        ran = false;
        if (sequence.Iteration == Iteration.Single && Pipeline.Variables.Length > 1)
        {
            return execution.FailFlow($"can't use {GoFormat.ToText(sequence)} iterate over more than one variable");
        }

        var entries = sequence.Iterate();
        return sequence.Iteration == Iteration.Pairs && Pipeline.Variables.Length < 2
            ? WalkPairs(execution, entries.Select(static e => KeyValuePair.Create(e.Key, e.Key)), isInterface: false, out ran)
            : WalkPairs(execution, entries, isInterface: false, out ran);
    }

    private Flow WalkPairs(Execution execution, IEnumerable<KeyValuePair<Value, Value>> entries, bool isInterface, out bool ran)
    {
        ran = false;
        foreach (var (key, element) in entries)
        {
            ran = true;
            var flow = Turn(execution, key, new Located(element, isInterface));
            if (flow != Flow.Next)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }

        return Flow.Next;
    }

    /// <summary>One run of the body. A single variable takes the element, two take index and element.</summary>
    private Flow Turn(Execution execution, Value? index, Located element)
    {
        if (!execution.Step())
        {
            return Flow.Failed;
        }

        var variables = Pipeline.Variables;
        if (variables.Length > 1)
        {
            if (!execution.SetVariable(variables[0], new Located(index, IsInterface: false)))
            {
                return Flow.Failed;
            }
        }

        if (variables.Length > 0 && !execution.SetVariable(variables[^1], element))
        {
            return Flow.Failed;
        }

        execution.Dot = element;
        var flow = Body.Execute(execution);
        return flow == Flow.Continue ? Flow.Next : flow;
    }
}
