using System.Text.RegularExpressions;

namespace Weir.Fleet.Publishing;

/// <summary>The first line of a comment, which readers do not see and by which the comment is found again.</summary>
public static partial class CommentMarker
{
    public const string DefaultId = "diff";

    /// <summary>The characters that a marker adds to a comment.</summary>
    public static int LengthOf(string id) => Of(id).Length + 1;

    /// <summary>True for an id of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 60 of them.</summary>
    public static bool IsId(string id) => Id().IsMatch(id);

    internal static string Of(string id) => $"<!-- weir-diff:{id} -->";

    internal static bool IsIn(string? body, string id) => body is not null && body.AsSpan().TrimStart().StartsWith(Of(id), StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,60}\z")]
    private static partial Regex Id();
}
