using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>Texts by their Unicode code points, which is how CEL counts characters.</summary>
internal static class Runes
{
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    /// <summary>The place in the text where a code point starts; the length when there are fewer.</summary>
    public static int Offset(string text, long rune)
    {
        var at = 0;
        for (; rune > 0 && at < text.Length; rune--)
        {
            at += Width(text, at);
        }

        return at;
    }

    /// <summary>How many UTF-16 units the code point that starts here has.</summary>
    public static int Width(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
}
