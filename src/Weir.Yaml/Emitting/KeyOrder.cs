using System.Text;
using Weir.Values;

namespace Weir.Yaml.Emitting;

/// <summary>
/// go-yaml's order of keys: digits by their number, letters after everything else, otherwise by code point.
/// In v3 a letter that follows a digit comes before what is no letter.
/// </summary>
internal static class KeyOrder
{
    /// <summary>Less than go-yaml's sort needs to leave insertion for quicksort; we keep insertion for sorted input.</summary>
    private const int InsertionLimit = 16;

    /// <summary>The entries of a map in order.</summary>
    public static KeyValuePair<string, Value>[] Sort(MapValue map, bool goYamlV3)
    {
        var entries = new KeyValuePair<string, Value>[map.Count];
        var isSorted = true;
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = map.EntryAt(i);
            isSorted = isSorted && (i == 0 || !IsLess(entries[i].Key, entries[i - 1].Key, goYamlV3));
        }

        if (isSorted)
        {
            return entries;
        }

        if (entries.Length <= InsertionLimit)
        {
            InsertionSort(entries, goYamlV3);
        }
        else
        {
            Array.Sort(entries, (a, b) => IsLess(a.Key, b.Key, goYamlV3) ? -1 : IsLess(b.Key, a.Key, goYamlV3) ? 1 : 0);
        }

        return entries;
    }

    public static bool IsLess(string left, string right, bool goYamlV3)
    {
        var length = Math.Min(left.Length, right.Length);
        var i = 0;
        while (i < length && left[i] == right[i])
        {
            i++;
        }

        if (i == length)
        {
            return left.Length < right.Length;
        }

        // A difference in the second half of a surrogate pair belongs to the whole character.
        if (i > 0 && char.IsLowSurrogate(left[i]) && char.IsHighSurrogate(left[i - 1]))
        {
            i--;
        }

        var (a, b) = (RuneAt(left, i), RuneAt(right, i));
        var (isLetterA, isLetterB) = (IsLetter(a), IsLetter(b));
        if (isLetterA && isLetterB)
        {
            return a < b;
        }

        if (isLetterA || isLetterB)
        {
            return goYamlV3 && i > 0 && IsDigit(left, i - 1) ? isLetterA : isLetterB;
        }

        var (numberA, numberB) = (0L, 0L);
        if ((a == '0' || b == '0') && HasNumberBefore(left, i))
        {
            (numberA, numberB) = (1, 1);
        }

        var endA = ReadNumber(left, i, ref numberA);
        var endB = ReadNumber(right, i, ref numberB);
        if (numberA != numberB)
        {
            return numberA < numberB;
        }

        return endA != endB ? endA < endB : a < b;
    }

    private static void InsertionSort(KeyValuePair<string, Value>[] entries, bool goYamlV3)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            var entry = entries[i];
            var j = i;
            while (j > 0 && IsLess(entry.Key, entries[j - 1].Key, goYamlV3))
            {
                entries[j] = entries[j - 1];
                j--;
            }

            entries[j] = entry;
        }
    }

    private static int RuneAt(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : char.IsSurrogate(text[index]) ? 0xFFFD : text[index];

    private static bool IsLetter(int rune) =>
        rune < 128 ? char.IsAsciiLetter((char)rune) : Rune.IsLetter(new Rune(rune));

    private static bool IsDigit(string text, int index)
    {
        var c = text[index];
        if (c < 128)
        {
            return char.IsAsciiDigit(c);
        }

        if (char.IsLowSurrogate(c) && index > 0)
        {
            index--;
        }

        return Rune.IsDigit(new Rune(RuneAt(text, index)));
    }

    /// <summary>True when the digits before this place are not zeros alone.</summary>
    private static bool HasNumberBefore(string text, int index)
    {
        for (var i = index - 1; i >= 0 && IsDigit(text, i); i--)
        {
            if (text[i] != '0')
            {
                return true;
            }
        }

        return false;
    }

    private static int ReadNumber(string text, int index, ref long number)
    {
        while (index < text.Length && IsDigit(text, index))
        {
            number = unchecked((number * 10) + RuneAt(text, index) - '0');
            index += char.IsHighSurrogate(text[index]) ? 2 : 1;
        }

        return index;
    }
}
