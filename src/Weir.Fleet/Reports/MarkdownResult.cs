using System.Text.RegularExpressions;

namespace Weir.Fleet;

/// <summary>The last line of a comment, which its readers do not see: it tells whoever publishes the text what it amounts to.</summary>
public static partial class MarkdownResult
{
    /// <summary>The result in a text that <see cref="MarkdownReport"/> wrote; <see langword="null"/> in any other.</summary>
    public static (ReportVerdict Verdict, string Summary)? Find(string text)
    {
        var match = Line().Match(text);
        return match.Success && Enum.TryParse<ReportVerdict>(match.Groups["verdict"].Value, ignoreCase: true, out var verdict) && Enum.IsDefined(verdict)
            ? (verdict, match.Groups["summary"].Value)
            : null;
    }

    internal static string Write(ReportVerdict verdict, string summary) => $"<!-- weir-result {verdict.ToString().ToLowerInvariant()}: {summary} -->";

    [GeneratedRegex(@"^<!-- weir-result (?<verdict>[a-z]+): (?<summary>[^<>\n]*) -->\s*\z", RegexOptions.Multiline)]
    private static partial Regex Line();
}
