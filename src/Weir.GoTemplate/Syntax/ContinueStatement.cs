namespace Weir.GoTemplate.Syntax;

/// <summary><c>{{continue}}</c>: ends this turn of the innermost range.</summary>
internal sealed class ContinueStatement(ParsedText source, int position) : Statement(source, position)
{
    public override Flow Execute(Execution execution) => Flow.Continue;

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Open("continue");
        writer.Close();
    }
}
