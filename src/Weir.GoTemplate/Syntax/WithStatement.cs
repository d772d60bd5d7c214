namespace Weir.GoTemplate.Syntax;

/// <summary><c>{{with pipeline}} … {{else}} … {{end}}</c>: as <c>if</c>, but the body sees the value as dot.</summary>
internal sealed class WithStatement(ParsedText source, int position, Pipeline pipeline, StatementList body, StatementList? otherwise)
    : BranchStatement(source, position, "with", pipeline, body, otherwise)
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

        if (!Truth.IsTrue(value))
        {
            return Otherwise?.Execute(execution) ?? Flow.Next;
        }

        var outer = execution.Dot;
        execution.Dot = new Located(value, IsInterface: false);
        var flow = Body.Execute(execution);
        execution.Dot = outer;
        return flow;
    }
}
