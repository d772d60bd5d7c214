namespace Weir.Cel.Syntax;

/// <summary>A token with the place where it starts.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position);
