using System.Collections.Concurrent;
using System.Globalization;

namespace Weir.Values;

/// <summary>The named sets of characters: Perl's, POSIX's and Unicode's general categories.</summary>
internal static class RegexUnicode
{
    private static readonly ConcurrentDictionary<string, int[]> Categories = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, int[]> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = ['0', '9', 'A', 'Z', 'a', 'z'],
        ["alpha"] = ['A', 'Z', 'a', 'z'],
        ["ascii"] = [0, 0x7F],
        ["blank"] = ['\t', '\t', ' ', ' '],
        ["cntrl"] = [0, 0x1F, 0x7F, 0x7F],
        ["digit"] = ['0', '9'],
        ["graph"] = ['!', '~'],
        ["lower"] = ['a', 'z'],
        ["print"] = [' ', '~'],
        ["punct"] = ['!', '/', ':', '@', '[', '`', '{', '~'],
        ["space"] = ['\t', '\r', ' ', ' '],
        ["upper"] = ['A', 'Z'],
        ["word"] = ['0', '9', 'A', 'Z', '_', '_', 'a', 'z'],
        ["xdigit"] = ['0', '9', 'A', 'F', 'a', 'f'],
    };

    private static readonly Dictionary<string, UnicodeCategory[]> CategoryNames = new(StringComparer.Ordinal)
    {
        ["Lu"] = [UnicodeCategory.UppercaseLetter],
        ["Ll"] = [UnicodeCategory.LowercaseLetter],
        ["Lt"] = [UnicodeCategory.TitlecaseLetter],
        ["Lm"] = [UnicodeCategory.ModifierLetter],
        ["Lo"] = [UnicodeCategory.OtherLetter],
        ["Lc"] = [UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter],
        ["L"] = [UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter, UnicodeCategory.ModifierLetter, UnicodeCategory.OtherLetter],
        ["Mn"] = [UnicodeCategory.NonSpacingMark],
        ["Mc"] = [UnicodeCategory.SpacingCombiningMark],
        ["Me"] = [UnicodeCategory.EnclosingMark],
        ["M"] = [UnicodeCategory.NonSpacingMark, UnicodeCategory.SpacingCombiningMark, UnicodeCategory.EnclosingMark],
        ["Nd"] = [UnicodeCategory.DecimalDigitNumber],
        ["Nl"] = [UnicodeCategory.LetterNumber],
        ["No"] = [UnicodeCategory.OtherNumber],
        ["N"] = [UnicodeCategory.DecimalDigitNumber, UnicodeCategory.LetterNumber, UnicodeCategory.OtherNumber],
        ["Zs"] = [UnicodeCategory.SpaceSeparator],
        ["Zl"] = [UnicodeCategory.LineSeparator],
        ["Zp"] = [UnicodeCategory.ParagraphSeparator],
        ["Z"] = [UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator],
        ["Cc"] = [UnicodeCategory.Control],
        ["Cf"] = [UnicodeCategory.Format],
        ["Cs"] = [UnicodeCategory.Surrogate],
        ["Co"] = [UnicodeCategory.PrivateUse],
        ["Cn"] = [UnicodeCategory.OtherNotAssigned],
        ["C"] = [UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate, UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned],
        ["Pc"] = [UnicodeCategory.ConnectorPunctuation],
        ["Pd"] = [UnicodeCategory.DashPunctuation],
        ["Ps"] = [UnicodeCategory.OpenPunctuation],
        ["Pe"] = [UnicodeCategory.ClosePunctuation],
        ["Pi"] = [UnicodeCategory.InitialQuotePunctuation],
        ["Pf"] = [UnicodeCategory.FinalQuotePunctuation],
        ["Po"] = [UnicodeCategory.OtherPunctuation],
        ["P"] = [UnicodeCategory.ConnectorPunctuation, UnicodeCategory.DashPunctuation, UnicodeCategory.OpenPunctuation, UnicodeCategory.ClosePunctuation, UnicodeCategory.InitialQuotePunctuation, UnicodeCategory.FinalQuotePunctuation, UnicodeCategory.OtherPunctuation],
        ["Sm"] = [UnicodeCategory.MathSymbol],
        ["Sc"] = [UnicodeCategory.CurrencySymbol],
        ["Sk"] = [UnicodeCategory.ModifierSymbol],
        ["So"] = [UnicodeCategory.OtherSymbol],
        ["S"] = [UnicodeCategory.MathSymbol, UnicodeCategory.CurrencySymbol, UnicodeCategory.ModifierSymbol, UnicodeCategory.OtherSymbol],
    };

    /// <summary>Long names of categories, as <see cref="CanonicalName"/> writes them.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["Casedletter"] = "Lc",
        ["Closepunctuation"] = "Pe",
        ["Combiningmark"] = "M",
        ["Connectorpunctuation"] = "Pc",
        ["Control"] = "Cc",
        ["Cntrl"] = "Cc",
        ["Currencysymbol"] = "Sc",
        ["Dashpunctuation"] = "Pd",
        ["Decimalnumber"] = "Nd",
        ["Digit"] = "Nd",
        ["Enclosingmark"] = "Me",
        ["Finalpunctuation"] = "Pf",
        ["Format"] = "Cf",
        ["Initialpunctuation"] = "Pi",
        ["Letter"] = "L",
        ["Letternumber"] = "Nl",
        ["Lineseparator"] = "Zl",
        ["Lowercaseletter"] = "Ll",
        ["Mark"] = "M",
        ["Mathsymbol"] = "Sm",
        ["Modifierletter"] = "Lm",
        ["Modifiersymbol"] = "Sk",
        ["Nonspacingmark"] = "Mn",
        ["Number"] = "N",
        ["Openpunctuation"] = "Ps",
        ["Other"] = "C",
        ["Otherletter"] = "Lo",
        ["Othernumber"] = "No",
        ["Otherpunctuation"] = "Po",
        ["Othersymbol"] = "So",
        ["Paragraphseparator"] = "Zp",
        ["Privateuse"] = "Co",
        ["Punctuation"] = "P",
        ["Punct"] = "P",
        ["Separator"] = "Z",
        ["Spaceseparator"] = "Zs",
        ["Spacingmark"] = "Mc",
        ["Surrogate"] = "Cs",
        ["Symbol"] = "S",
        ["Titlecaseletter"] = "Lt",
        ["Unassigned"] = "Cn",
        ["Uppercaseletter"] = "Lu",
    };

    /// <summary><c>d</c>, <c>s</c> and <c>w</c> of Perl; <see langword="null"/> for other letters.</summary>
    public static int[]? PerlClass(char letter) => letter switch
    {
        'd' => Posix["digit"],
        's' => ['\t', '\n', '\f', '\r', ' ', ' '],
        'w' => Posix["word"],
        _ => null,
    };

    /// <summary>The set inside <c>[:name:]</c>, or <see langword="null"/>.</summary>
    public static int[]? PosixClass(string name) => Posix.GetValueOrDefault(name);

    /// <summary>The set of <c>\p{name}</c>, or <see langword="null"/> when nothing has that name.</summary>
    public static (int[] Ranges, bool Negated)? UnicodeClass(string name)
    {
        var canonical = CanonicalName(name);
        switch (canonical)
        {
            case "Any":
                return ([0, 0x10FFFF], false);
            case "Assigned":
                return (Category("Cn"), true);
            case "Ascii":
                return (Posix["ascii"], false);
        }

        if (Aliases.TryGetValue(canonical, out var actual))
        {
            canonical = actual;
        }

        if (CategoryNames.ContainsKey(canonical))
        {
            return (Category(canonical), false);
        }

        return RegexScripts.Find(canonical) is { } script ? (script, false) : null;
    }

    private static int[] Category(string name) => Categories.GetOrAdd(name, static n =>
    {
        var wanted = 0L;
        foreach (var category in CategoryNames[n])
        {
            wanted |= 1L << (int)category;
        }

        var ranges = new List<int>();
        for (var c = 0; c <= 0x10FFFF; c++)
        {
            if ((wanted >> (int)CharUnicodeInfo.GetUnicodeCategory(c) & 1) == 0)
            {
                continue;
            }

            if (ranges.Count > 0 && ranges[^1] == c - 1)
            {
                ranges[^1] = c;
            }
            else
            {
                ranges.Add(c);
                ranges.Add(c);
            }
        }

        return [.. ranges];
    });

    /// <summary>A first capital, then small letters, without <c>_</c>, <c>-</c> and spaces: names match loosely.</summary>
    private static string CanonicalName(string name)
    {
        var letters = name.Where(c => c is not ('_' or '-' or ' ')).Select(char.ToLowerInvariant).ToArray();
        if (letters.Length > 0)
        {
            letters[0] = char.ToUpperInvariant(letters[0]);
        }

        return new string(letters);
    }
}
