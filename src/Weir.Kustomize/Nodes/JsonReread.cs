using System.Buffers;
using System.Text;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>
/// What becomes of a string that kustomize writes as JSON and reads back as YAML: NEL is a line break there, and some
/// characters are refused.
/// </summary>
internal static class JsonReread
{
    private const char NextLine = '\u0085';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0x7F, 0xA0 - 0x7F).Select(static c => (char)c), '\uFFFE', '\uFFFF']);

    /// <summary>True for a string that does not come back as it was.</summary>
    public static bool Changes(string text) => text.AsSpan().ContainsAny(Suspects);

    /// <summary>The string as a value comes back.</summary>
    public static string Value(string text, SourceSpan span)
    {
        if (HasRefused(text))
        {
            throw Failure("yaml: control characters are not allowed", span);
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is not (' ' or NextLine))
            {
                result.Append(text[i++]);
                continue;
            }

            // Breaks swallow the spaces around them; one is a space, more are one line break fewer.
            var (start, breaks) = (i, 0);
            for (; i < text.Length && (text[i] is ' ' or NextLine); i++)
            {
                breaks += text[i] == NextLine ? 1 : 0;
            }

            switch (breaks)
            {
                case 0:
                    result.Append(text, start, i - start);
                    break;
                case 1:
                    result.Append(' ');
                    break;
                default:
                    result.Append('\n', breaks - 1);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>Fails for a key that does not come back.</summary>
    public static void CheckKey(string key, SourceSpan span)
    {
        if (Changes(key))
        {
            throw Failure(
                HasRefused(key) ? "yaml: control characters are not allowed" : "yaml: line 1: did not find expected ',' or '}'", span);
        }
    }

    private static bool HasRefused(string text)
    {
        foreach (var c in text)
        {
            if (c != NextLine && Suspects.Contains(c))
            {
                return true;
            }
        }

        return false;
    }

    private static BuildFailure Failure(string message, SourceSpan span) =>
        new(message, span, "the text has a control character that YAML does not take") { Code = "kustomize-control-character" };
}
