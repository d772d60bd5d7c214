namespace Weir.GoTemplate.Syntax;

/// <summary>Text that is written as it stands.</summary>
internal sealed class TextStatement(ParsedText source, int position, string text) : Statement(source, position)
{
    public override bool IsEmpty => string.IsNullOrWhiteSpace(text);

    public override Flow Execute(Execution execution)
    {
        execution.At = this;
        return execution.Write(text);
    }

    public override void WriteTo(SyntaxWriter writer) => writer.Text(text);
}
