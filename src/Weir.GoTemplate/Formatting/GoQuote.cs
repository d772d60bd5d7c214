namespace Weir.GoTemplate.Formatting;

/// <summary>Go's <c>strconv.Quote</c> and its kin.</summary>
public static class GoQuote
{
    /// <summary>The text as a Go string literal in double quotes.</summary>
    public static string Quote(string text) => throw new NotImplementedException();
}
