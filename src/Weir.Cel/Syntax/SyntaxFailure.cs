namespace Weir.Cel.Syntax;

/// <summary>Leaves the rule that cannot go on. It never leaves the parser.</summary>
internal sealed class SyntaxFailure(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
