namespace Weir.Cel.Syntax;

/// <summary>Leaves the whole parse: there are too many errors, or too much depth. It never leaves the parser.</summary>
internal sealed class SyntaxEnd : Exception;
