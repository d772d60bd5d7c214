namespace Weir.GoTemplate.Syntax;

/// <summary>Statements one after another: a template, or the body of a block.</summary>
internal sealed class StatementList(ParsedText source, int position, Statement[] statements) : Statement(source, position)
{
    public IReadOnlyList<Statement> Statements => statements;

    public override bool IsEmpty => Array.TrueForAll(statements, static s => s.IsEmpty);

    public override Flow Execute(Execution execution)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Execute(execution);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        foreach (var statement in statements)
        {
            statement.WriteTo(writer);
        }
    }
}
