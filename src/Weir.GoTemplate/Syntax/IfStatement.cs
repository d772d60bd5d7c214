namespace Weir.GoTemplate.Syntax;

/// <summary><c>{{if pipeline}} … {{else}} … {{end}}</c>.</summary>
internal sealed class IfStatement(ParsedText source, int position, Pipeline pipeline, StatementList body, StatementList? otherwise)
    : BranchStatement(source, position, "if", pipeline, body, otherwise)
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

        if (Truth.IsTrue(value))
        {
            return Body.Execute(execution);
        }

        return Otherwise?.Execute(execution) ?? Flow.Next;
    }
}
