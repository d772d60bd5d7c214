using System.Buffers;

namespace Weir.Values;

/// <summary>
/// The version of a constraint as it is written: up to three numbers or wildcards, a pre-release and metadata.
/// Segments that are not there are empty; <see cref="Prerelease"/> keeps its <c>-</c>.
/// </summary>
internal readonly record struct ConstraintVersionText(string Text, string Major, string Minor, string Patch, string Prerelease)
{
    private static readonly SearchValues<char> SegmentCharacters = SearchValues.Create("0123456789|xX*");

    /// <summary>Takes the longest version that starts here; false when none does.</summary>
    public static bool TryTake(ReadOnlySpan<char> text, out ConstraintVersionText version)
    {
        var at = text.StartsWith("v") ? 1 : 0;
        var major = Segment(text[at..]);
        if (major == 0)
        {
            version = default;
            return false;
        }

        var majorText = text.Slice(at, major).ToString();
        at += major;
        var minorText = DottedSegment(text, ref at);
        var patchText = minorText.Length > 0 ? DottedSegment(text, ref at) : "";
        var prerelease = Part(text, ref at, '-');
        Part(text, ref at, '+');
        version = new(text[..at].ToString(), majorText, minorText, patchText, prerelease);
        return true;
    }

    private static int Segment(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(SegmentCharacters);
        return end < 0 ? text.Length : end;
    }

    private static string DottedSegment(ReadOnlySpan<char> text, ref int at)
    {
        if (at >= text.Length || text[at] != '.')
        {
            return "";
        }

        var length = Segment(text[(at + 1)..]);
        if (length == 0)
        {
            return "";
        }

        var segment = text.Slice(at + 1, length).ToString();
        at += length + 1;
        return segment;
    }

    private static string Part(ReadOnlySpan<char> text, ref int at, char mark)
    {
        if (at >= text.Length || text[at] != mark)
        {
            return "";
        }

        var length = SemanticVersion.IdentifiersLength(text[(at + 1)..]);
        if (length == 0)
        {
            return "";
        }

        var part = text.Slice(at, length + 1).ToString();
        at += length + 1;
        return part;
    }
}
