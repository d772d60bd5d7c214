using System.Buffers;

namespace Weir.Yaml.Scanning;

/// <summary>libyaml's character classes. NUL stands for the end of the text.</summary>
internal static class YamlChar
{
    public const char End = '\0';

    private const byte BreakOrEnd = 1;
    private const byte Blank = 2;
    private const byte Alpha = 4;
    private const byte FlowIndicator = 8;

    private static readonly byte[] Classes = BuildClasses();

    /// <summary>Line breaks of YAML 1.1: LF, CR, NEL, LS, PS.</summary>
    public static SearchValues<char> Breaks { get; } = SearchValues.Create("\n\r\u0085\u2028\u2029");

    /// <summary>What ends a double-quoted scalar or keeps it from being a slice of the text.</summary>
    public static SearchValues<char> EndsDoubleQuotedSlice { get; } = SearchValues.Create("\"\\\n\r\u0085\u2028\u2029");

    /// <summary>The same for a single-quoted scalar.</summary>
    public static SearchValues<char> EndsSingleQuotedSlice { get; } = SearchValues.Create("'\n\r\u0085\u2028\u2029");

    /// <summary>Characters that may not stand in a YAML text, but for surrogates.</summary>
    public static SearchValues<char> Forbidden { get; } = SearchValues.Create(ForbiddenCharacters());

    public static bool IsBreak(char c) => c < 128 ? c is '\n' or '\r' : IsWideBreak(c);

    public static bool IsBreakOrEnd(char c) => c < 128 ? (Classes[c] & BreakOrEnd) != 0 : IsWideBreak(c);

    public static bool IsBlank(char c) => c is ' ' or '\t';

    public static bool IsBlankOrEnd(char c) => c < 128 ? (Classes[c] & (BreakOrEnd | Blank)) != 0 : IsWideBreak(c);

    public static bool IsAlpha(char c) => c < 128 && (Classes[c] & Alpha) != 0;

    /// <summary>Characters that end a plain scalar inside <c>[]</c> or <c>{}</c>.</summary>
    public static bool EndsPlainInFlow(char c) => c < 128 && (Classes[c] & FlowIndicator) != 0;

    private static bool IsWideBreak(char c) => c is '\u0085' or '\u2028' or '\u2029';

    private static byte[] BuildClasses()
    {
        var classes = new byte[128];
        classes['\0'] = BreakOrEnd;
        classes['\n'] = BreakOrEnd;
        classes['\r'] = BreakOrEnd;
        classes[' '] = Blank;
        classes['\t'] = Blank;
        foreach (var c in ",?[]{}")
        {
            classes[c] = FlowIndicator;
        }

        for (var c = 0; c < 128; c++)
        {
            if (char.IsAsciiLetterOrDigit((char)c) || c is '_' or '-')
            {
                classes[c] |= Alpha;
            }
        }

        return classes;
    }

    private static string ForbiddenCharacters()
    {
        var characters = new List<char>();
        for (var c = 0; c < 0xA0; c++)
        {
            if (c is '\t' or '\n' or '\r' or 0x85 or (>= ' ' and <= '~'))
            {
                continue;
            }

            characters.Add((char)c);
        }

        characters.Add('\uFFFE');
        characters.Add('\uFFFF');
        return new string([.. characters]);
    }
}
