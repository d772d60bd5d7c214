namespace Weir.Cel.Syntax;

/// <summary><c>operand.field</c>; as a test it is <c>has(operand.field)</c>.</summary>
internal sealed class SelectNode(CelNode operand, string field, bool isTest, int position) : CelNode(position)
{
    public CelNode Operand { get; } = operand;

    public string Field { get; } = field;

    public bool IsTest { get; } = isTest;

    /// <summary>The variable that the whole chain names, when the check finds one.</summary>
    public string? QualifiedName { get; set; }

    public override CelNode Copy() => new SelectNode(Operand.Copy(), Field, IsTest, Position);
}
