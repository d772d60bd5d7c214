namespace Weir.Fleet;

/// <summary>Text of a repository as text of a page: nothing of it is markup, in elements and in quoted attributes alike.</summary>
internal static class HtmlText
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("&<>\"'");

    public static string Escape(string text)
    {
        text = VisibleText.Of(text);
        return text.AsSpan().ContainsAny(Special)
            ? text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("'", "&#39;", StringComparison.Ordinal)
            : text;
    }

    /// <summary>A number of things: <c>1 object</c>, <c>12,000 objects</c>.</summary>
    public static string Count(int number, string what) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");
}
