namespace Weir.Cel.Syntax;

/// <summary>Tokens that may stand at a place of the grammar, and whether the rule may end there.</summary>
internal readonly record struct TokenSet(ulong Bits)
{
    private const ulong EndsRule = 1UL << 63;

    private static readonly string[] Names =
    [
        "<EOF>", "'=='", "'!='", "'in'", "'<'", "'<='", "'>='", "'>'", "'&&'", "'||'", "'['", "']'", "'{'", "'}'", "'('", "')'", "'.'", "','",
        "'-'", "'!'", "'?'", "':'", "'+'", "'*'", "'/'", "'%'", "'true'", "'false'", "'null'", "NUM_FLOAT", "NUM_INT", "NUM_UINT", "STRING",
        "BYTES", "IDENTIFIER", "ESC_IDENTIFIER",
    ];

    /// <summary>The same tokens, and the rule may end.</summary>
    public TokenSet OrEnd => new(Bits | EndsRule);

    public bool MayEndRule => (Bits & EndsRule) != 0;

    public static TokenSet Of(params ReadOnlySpan<TokenKind> kinds)
    {
        var bits = 0UL;
        foreach (var kind in kinds)
        {
            bits |= 1UL << (int)kind;
        }

        return new(bits);
    }

    public static TokenSet operator |(TokenSet left, TokenSet right) => new(left.Bits | right.Bits);

    public bool Contains(TokenKind kind) => (Bits & (1UL << (int)kind)) != 0;

    /// <summary>The tokens alone.</summary>
    public TokenSet WithoutEnd() => new(Bits & ~EndsRule);

    public override string ToString()
    {
        var names = new List<string>();
        for (var i = 0; i < Names.Length; i++)
        {
            if (Contains((TokenKind)i))
            {
                names.Add(Names[i]);
            }
        }

        return names.Count == 1 ? names[0] : $"{{{string.Join(", ", names)}}}";
    }
}
