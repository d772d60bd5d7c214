namespace Weir.Cel.Syntax;

/// <summary>
/// Reads tokens as the grammar wants them. On an error it reports, skips and goes on by the rules of the parser that cel-go is
/// generated with, so that messages and their number are the same.
/// </summary>
internal sealed class ErrorRecovery(string text, List<Token> tokens, SyntaxErrors errors)
{
    private const int MaxRecoveries = 30;

    // What may follow each rule that is being read, the innermost last.
    private readonly List<TokenSet> _follows = [];
    private int _next;
    private int _lastFailure = -1;
    private bool _isRecovering;
    private int _recoveries;

    public Token Current => tokens[_next];

    public int Index => _next;

    public TokenKind Ahead(int count) => tokens[Math.Min(_next + count - 1, tokens.Count - 1)].Kind;

    public Token At(int index) => tokens[Math.Min(index, tokens.Count - 1)];

    public void Enter(TokenSet follow) => _follows.Add(follow);

    public void Leave() => _follows.RemoveAt(_follows.Count - 1);

    /// <summary>Takes a token of this kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="after">What may stand behind it.</param>
    /// <returns>The token, or the one that stands in its place after an error.</returns>
    public Token Match(TokenKind kind, TokenSet after)
    {
        if (Current.Kind == kind)
        {
            _isRecovering = false;
            return Take();
        }

        CheckRecoveries();
        var expected = TokenSet.Of(kind);
        if (Delete(expected))
        {
            return Take();
        }

        if (Following(after).Contains(Current.Kind))
        {
            Report(Current.Position, $"missing {expected} at {Display(Current.Text)}");
            return Current with { Text = $"<missing {expected}>" };
        }

        throw Mismatch(expected);
    }

    /// <summary>Makes sure that the current token may stand here, before a choice is made.</summary>
    public void Sync(TokenSet expected)
    {
        if (!_isRecovering && !expected.MayEndRule && !expected.Contains(Current.Kind) && !Delete(expected))
        {
            throw Mismatch(expected);
        }
    }

    /// <summary>Makes sure that the current token may stand behind one turn of a loop.</summary>
    public void SyncLoop(TokenSet expected)
    {
        if (!_isRecovering && !expected.Contains(Current.Kind))
        {
            Report(Current.Position, $"extraneous input {Display(Current.Text)} expecting {expected}");
            SkipTo(expected | Recoverable());
        }
    }

    /// <summary>Takes the current token, which may stand here.</summary>
    public Token TakeMatched()
    {
        _isRecovering = false;
        return Take();
    }

    public Token Take() => Current.Kind == TokenKind.End ? Current : tokens[_next++];

    /// <summary>Reports the error that ended a rule, and skips to where something can go on.</summary>
    public void Recover(SyntaxFailure failure)
    {
        Report(failure.Position, failure.Message);
        CheckRecoveries();
        if (_lastFailure == _next)
        {
            // A second failure at the same token: go past it, or nothing ever would.
            Take();
        }

        _lastFailure = _next;
        SkipTo(Recoverable());
    }

    /// <summary>The error of tokens, from the current one to one ahead, that no alternative begins with.</summary>
    public SyntaxFailure NoAlternative(int start, int offending)
    {
        var last = At(offending);
        var from = At(start).Position;
        var end = last.Kind == TokenKind.End ? Math.Max(text.Length, from) : last.Position + last.Text.Length;
        var input = At(start).Kind == TokenKind.End ? "<EOF>" : last.Kind == TokenKind.End ? TrimmedTo(start, offending, from) : text[from..end];
        var message = input.Length > 1 && input[1..] is "true" or "false" or "null"
            ? $"mismatched input '{input[1..]}' expecting IDENTIFIER"
            : $"no viable alternative at input {Display(input)}";
        return new SyntaxFailure(message, last.Position);
    }

    // At the end of the text the input goes to its last character, also when that is space.
    private string TrimmedTo(int start, int offending, int from) => offending > start ? text[from..] : "<EOF>";

    private SyntaxFailure Mismatch(TokenSet expected) =>
        new($"mismatched input {Display(Current.Text)} expecting {expected}", Current.Position);

    private bool Delete(TokenSet expected)
    {
        if (!expected.Contains(Ahead(2)) || Current.Kind == TokenKind.End)
        {
            return false;
        }

        Report(Current.Position, $"extraneous input {Display(Current.Text)} expecting {expected}");
        Take();
        _isRecovering = false;
        return true;
    }

    private void Report(int position, string message)
    {
        if (!_isRecovering)
        {
            _isRecovering = true;
            errors.AddSyntax(position, message);
        }
    }

    private void CheckRecoveries()
    {
        if (_recoveries++ == MaxRecoveries)
        {
            var message = $"error recovery attempt limit exceeded: {MaxRecoveries}";
            errors.AddSyntax(Current.Position, message);
            throw new SyntaxEnd();
        }
    }

    private void SkipTo(TokenSet set)
    {
        while (Current.Kind != TokenKind.End && !set.Contains(Current.Kind))
        {
            Take();
        }
    }

    private TokenSet Recoverable()
    {
        var set = default(TokenSet);
        foreach (var follow in _follows)
        {
            set |= follow;
        }

        return set.WithoutEnd();
    }

    /// <summary>A set, with what follows the rules that may end there.</summary>
    private TokenSet Following(TokenSet set)
    {
        for (var i = _follows.Count - 1; i >= 0 && set.MayEndRule; i--)
        {
            set = set.WithoutEnd() | _follows[i];
        }

        return set.MayEndRule ? set.WithoutEnd() | TokenSet.Of(TokenKind.End) : set;
    }

    private static string Display(string input) =>
        $"'{input.Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}'";
}
