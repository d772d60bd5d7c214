using System.Text;

namespace Weir.ApiServer.Requests;

/// <summary>
/// Warnings as values of headers. When all together are too long each is cut, and what is too long even then is left out; so is a text
/// that no header can hold.
/// </summary>
internal static class WarningHeaders
{
    private const int MaxRunes = 4 * 1024;
    private const int MaxCutRunes = 256;

    public static IEnumerable<string> Of(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
        {
            yield break;
        }

        var cuts = warnings.Sum(static w => (long)Runes(w)) > MaxRunes;
        var written = 0;
        foreach (var warning in warnings)
        {
            if (written >= MaxRunes)
            {
                yield break;
            }

            var text = cuts ? Cut(warning) : warning;
            if (text.Any(static c => char.IsControl(c)) || HasLoneSurrogate(text))
            {
                continue;
            }

            written += Runes(text);
            yield return $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }
    }

    private static int Runes(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static string Cut(string text)
    {
        var (count, end) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MaxCutRunes)
            {
                return text[..end];
            }

            end += rune.Utf16SequenceLength;
        }

        return text;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            rest = rest[length..];
        }

        return false;
    }
}
