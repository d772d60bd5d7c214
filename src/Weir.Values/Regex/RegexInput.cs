namespace Weir.Values;

/// <summary>How matching steps over a text: character by character, an invalid byte being U+FFFD.</summary>
internal static class RegexInput
{
    /// <summary>What stands before the start and after the end.</summary>
    public const int None = -1;

    private const int Invalid = 0xFFFD;

    /// <summary>The character that starts here; <see cref="None"/> with width 0 at the end.</summary>
    public static int RuneAt(string text, int at, out int width)
    {
        if ((uint)at >= (uint)text.Length)
        {
            width = 0;
            return None;
        }

        width = 1;
        var c = text[at];
        if (!char.IsSurrogate(c))
        {
            return c;
        }

        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            width = 2;
            return char.ConvertToUtf32(c, text[at + 1]);
        }

        return Invalid;
    }

    /// <summary>True when the assertion holds between the characters around this place.</summary>
    public static bool Holds(RegexOpcode assertion, string text, int at) => assertion switch
    {
        RegexOpcode.BeginText => at == 0,
        RegexOpcode.EndText => at == text.Length,
        RegexOpcode.BeginLine => at == 0 || text[at - 1] == '\n',
        RegexOpcode.EndLine => at == text.Length || text[at] == '\n',
        RegexOpcode.WordBoundary => IsWord(text, at - 1) != IsWord(text, at),
        _ => IsWord(text, at - 1) == IsWord(text, at),
    };

    private static bool IsWord(string text, int at) =>
        (uint)at < (uint)text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');
}
