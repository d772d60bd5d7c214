namespace Weir.GoTemplate.Syntax;

/// <summary><c>{{break}}</c>: ends the innermost range.</summary>
internal sealed class BreakStatement(ParsedText source, int position) : Statement(source, position)
{
    public override Flow Execute(Execution execution) => Flow.Break;

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Open("break");
        writer.Close();
    }
}
