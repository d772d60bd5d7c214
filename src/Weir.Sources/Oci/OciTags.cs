using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Sources.Oci;

/// <summary>Versions among the tags of a repository.</summary>
internal static class OciTags
{
    /// <summary>The tag of the highest version in a range.</summary>
    /// <exception cref="SourceException">There is none, or the range is none.</exception>
    public static string Highest(IEnumerable<string> tags, string range, Regex? filter, bool isChart)
    {
        if (!VersionConstraint.TryParse(range, out var constraint, out var error))
        {
            throw new SourceException($"semver '{range}' parse error: {error}", SourceFailure.InvalidRequest);
        }

        (SemanticVersion Version, string Tag)? best = null;
        foreach (var tag in tags)
        {
            if (filter?.IsMatch(tag) != false
                && SemanticVersion.TryParse(isChart ? tag.Replace('_', '+') : tag, out var version)
                && constraint.Check(version)
                && (best is null || version.CompareTo(best.Value.Version) > 0))
            {
                best = (version, tag);
            }
        }

        return best?.Tag ?? throw new SourceException($"no match found for semver: {range}", SourceFailure.NotFound);
    }
}
