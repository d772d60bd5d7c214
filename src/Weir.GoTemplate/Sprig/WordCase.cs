using System.Text;

namespace Weir.GoTemplate.Sprig;

/// <summary>The cases of huandu/xstrings v1.5: <c>snake_case</c>, <c>kebab-case</c> and <c>PascalCase</c>.</summary>
internal static class WordCase
{
    private enum WordKind
    {
        Invalid,
        Number,
        Upper,
        Alphabet,
        Connector,
        Punctuation,
        Other,
    }

    private readonly record struct Word(WordKind Kind, int Start, int End);

    public static string Snake(string text) => Separate(text, '_');

    public static string Kebab(string text) => Separate(text, '-');

    /// <summary>Words joined, each with a capital; connectors at the start stay, and so does the last of several in a row.</summary>
    public static string Pascal(string text)
    {
        var runes = GoText.Runes(text);
        var output = new StringBuilder(text.Length);
        var at = 0;
        while (at < runes.Count && IsConnector(runes[at]))
        {
            output.Append(runes[at++].ToString());
        }

        if (at >= runes.Count)
        {
            // xstrings writes a last connector twice.
            return runes.Count == 0 ? "" : output.Append(runes[^1].ToString()).ToString();
        }

        var afterCapital = GoText.IsUpper(runes[at]);
        var current = GoText.ToUpper(runes[at++]);
        for (; at < runes.Count; at++)
        {
            var previous = current;
            current = runes[at];
            if (IsConnector(current) && IsConnector(previous))
            {
                output.Append(previous.ToString());
            }
            else if (IsConnector(previous))
            {
                afterCapital = GoText.IsUpper(current);
                current = GoText.ToUpper(current);
            }
            else
            {
                if (afterCapital && GoText.IsUpper(current))
                {
                    current = GoText.ToLower(current);
                }
                else
                {
                    afterCapital = false;
                }

                output.Append(previous.ToString());
            }
        }

        return output.Append(current.ToString()).ToString();
    }

    private static string Separate(string text, char connector)
    {
        var runes = GoText.Runes(text);
        var output = new StringBuilder(text.Length + 8);
        var word = Next(runes, 0);
        while (word.End < runes.Count)
        {
            if (word.Kind != WordKind.Connector)
            {
                Append(output, runes, word, connector);
            }

            var previous = word;
            word = Next(runes, word.End);
            switch (previous.Kind)
            {
                case WordKind.Number:
                    word = AppendAlphanumerics(output, runes, word, connector);
                    if (word.Kind is not (WordKind.Invalid or WordKind.Punctuation or WordKind.Connector))
                    {
                        output.Append(connector);
                    }

                    break;
                case WordKind.Connector:
                    Append(output, runes, previous, connector);
                    break;
                case WordKind.Punctuation:
                    break;
                default:
                    if (word.Kind != WordKind.Number)
                    {
                        Connect(output, word, connector);
                        break;
                    }

                    if (word.End >= runes.Count)
                    {
                        break;
                    }

                    var number = word;
                    word = Next(runes, word.End);
                    if (word.Kind != WordKind.Alphabet)
                    {
                        // A number belongs to the word before it: Bld4Floor is bld4_floor.
                        Append(output, runes, number, connector);
                        Connect(output, word, connector);
                        break;
                    }

                    // With small letters after it the number starts a word: HTTP2xx is http_2xx.
                    output.Append(connector);
                    Append(output, runes, number, connector);
                    word = AppendAlphanumerics(output, runes, word, connector);
                    if (word.Kind != WordKind.Invalid)
                    {
                        Connect(output, word, connector);
                    }

                    break;
            }
        }

        Append(output, runes, word, connector);
        return output.ToString();
    }

    private static void Connect(StringBuilder output, Word next, char connector)
    {
        if (next.Kind is not (WordKind.Connector or WordKind.Punctuation))
        {
            output.Append(connector);
        }
    }

    private static Word AppendAlphanumerics(StringBuilder output, List<Rune> runes, Word word, char connector)
    {
        while (word.Kind is WordKind.Alphabet or WordKind.Number)
        {
            Append(output, runes, word, connector);
            word = Next(runes, word.End);
        }

        return word;
    }

    private static void Append(StringBuilder output, List<Rune> runes, Word word, char connector)
    {
        for (var i = word.Start; i < word.End; i++)
        {
            var rune = runes[i];
            if (word.Kind is not (WordKind.Upper or WordKind.Connector))
            {
                output.Append(rune.ToString());
            }
            else if (IsConnector(rune))
            {
                output.Append(connector);
            }
            else
            {
                output.Append((GoText.IsUpper(rune) ? GoText.ToLower(rune) : rune).ToString());
            }
        }
    }

    private static Word Next(List<Rune> runes, int start)
    {
        if (start >= runes.Count)
        {
            return new Word(WordKind.Invalid, start, start);
        }

        var first = runes[start];
        if (first == Rune.ReplacementChar)
        {
            return new Word(WordKind.Invalid, start, start + 1);
        }

        var end = start + 1;
        if (IsConnector(first))
        {
            return new Word(WordKind.Connector, start, While(runes, end, IsConnector));
        }

        if (GoText.IsPunctuation(first))
        {
            return new Word(WordKind.Punctuation, start, While(runes, end, GoText.IsPunctuation));
        }

        if (GoText.IsUpper(first))
        {
            if (end < runes.Count && GoText.IsUpper(runes[end]))
            {
                end = While(runes, end, GoText.IsUpper);

                // HTTPStatus is HTTP and Status: the last capital starts the next word.
                return new Word(WordKind.Upper, start, end < runes.Count && Rune.IsLetter(runes[end]) ? end - 1 : end);
            }

            return new Word(WordKind.Upper, start, While(runes, end, IsSmallLetter));
        }

        if (Rune.IsLetter(first))
        {
            return new Word(WordKind.Alphabet, start, While(runes, end, IsSmallLetter));
        }

        return Rune.IsNumber(first)
            ? new Word(WordKind.Number, start, While(runes, end, Rune.IsNumber))
            : new Word(WordKind.Other, start, While(runes, end, IsOther));
    }

    private static int While(List<Rune> runes, int at, Func<Rune, bool> holds)
    {
        while (at < runes.Count && holds(runes[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsConnector(Rune rune) => rune.Value is '-' or '_' || GoText.IsSpace(rune);

    private static bool IsSmallLetter(Rune rune) => Rune.IsLetter(rune) && !GoText.IsUpper(rune);

    private static bool IsOther(Rune rune) =>
        !IsConnector(rune) && !Rune.IsLetter(rune) && !Rune.IsNumber(rune) && !GoText.IsPunctuation(rune);
}
