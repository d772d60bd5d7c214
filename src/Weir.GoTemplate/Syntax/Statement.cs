namespace Weir.GoTemplate.Syntax;

/// <summary>A node that stands between actions' delimiters or around them, and writes output.</summary>
internal abstract class Statement(ParsedText source, int position) : Node(source, position)
{
    /// <summary>True for space and comments.</summary>
    public virtual bool IsEmpty => false;

    public abstract Flow Execute(Execution execution);
}
