namespace Weir.Cel.Syntax;

/// <summary>A variable, or the first word of a qualified name.</summary>
internal sealed class IdentifierNode(string name, int position) : CelNode(position)
{
    public string Name { get; set; } = name;

    public override CelNode Copy() => new IdentifierNode(Name, Position);
}
