namespace Weir.Cel.Syntax;

/// <summary>Stands where the text has an error.</summary>
internal sealed class ErrorNode(int position) : CelNode(position)
{
    public override CelNode Copy() => new ErrorNode(Position);
}
