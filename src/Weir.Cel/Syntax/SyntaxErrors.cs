namespace Weir.Cel.Syntax;

/// <summary>The errors of a text with their places, collected.</summary>
internal sealed class SyntaxErrors
{
    private readonly List<(string Message, int Position)> _errors = [];

    /// <summary>The place of errors that belong to no character.</summary>
    public const int NoPlace = -1;

    public int Count => _errors.Count;

    public IReadOnlyList<(string Message, int Position)> All => _errors;

    public void Add(int position, string message) => _errors.Add((message, position));

    public void AddSyntax(int position, string message) => Add(position, "Syntax error: " + message);
}
