using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>A piece of template text: where it starts and what it says; for an error, the message.</summary>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, int Line)
{
    /// <summary>The token as messages name it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.EndOfText => "EOF",
        TokenKind.Error => Text,
        > TokenKind.Keyword => $"<{Text}>",
        _ when GoString.ByteLength(Text) > 10 => GoQuote.Quote(FirstRunes(10)) + "...",
        _ => GoQuote.Quote(Text),
    };

    private string FirstRunes(int count)
    {
        var length = 0;
        while (count-- > 0 && length < Text.Length)
        {
            length += char.IsHighSurrogate(Text[length]) && length + 1 < Text.Length && char.IsLowSurrogate(Text[length + 1]) ? 2 : 1;
        }

        return Text[..length];
    }
}
