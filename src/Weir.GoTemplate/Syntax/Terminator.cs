namespace Weir.GoTemplate.Syntax;

/// <summary>The <c>{{end}}</c> or <c>{{else}}</c> that ended a list of statements.</summary>
internal sealed record Terminator(TokenKind Kind, int Position, string Text)
{
    public override string ToString() => Text;
}
