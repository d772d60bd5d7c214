namespace Weir.GoTemplate.Syntax;

/// <summary>How text is cut into tokens.</summary>
internal sealed record LexerOptions
{
    public string LeftDelimiter { get; init; } = "{{";

    public string RightDelimiter { get; init; } = "}}";

    /// <summary>Comments become tokens instead of vanishing.</summary>
    public bool KeepComments { get; init; }

    /// <summary>False where a function is named <c>break</c>.</summary>
    public bool BreakIsKeyword { get; init; } = true;

    /// <summary>False where a function is named <c>continue</c>.</summary>
    public bool ContinueIsKeyword { get; init; } = true;
}
