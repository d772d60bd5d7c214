namespace Weir.GoTemplate.Syntax;

/// <summary>A piece of a parsed template, which evaluates itself.</summary>
internal abstract class Node(ParsedText source, int position)
{
    public ParsedText Source { get; } = source;

    /// <summary>Where errors say it stands: a character index into the text.</summary>
    public int Position { get; } = position;

    public abstract void WriteTo(SyntaxWriter writer);

    /// <summary>The node as Go shows it in errors.</summary>
    public override string ToString()
    {
        var writer = new SyntaxWriter(Source);
        WriteTo(writer);
        return writer.ToString();
    }
}
