namespace Weir.GoTemplate.Syntax;

/// <summary>A comment, when the parser was told to keep them.</summary>
internal sealed class CommentStatement(ParsedText source, int position, string text) : Statement(source, position)
{
    public override bool IsEmpty => true;

    public override Flow Execute(Execution execution) => Flow.Next;

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Open(text);
        writer.Close();
    }
}
