namespace Weir.Values;

/// <summary>
/// Something a person should know about what they wrote.
/// </summary>
/// <param name="Code">A stable identifier in lower-case words with dashes, such as <c>yaml-duplicate-key</c>.</param>
/// <param name="Severity">Whether the result can still be used.</param>
/// <param name="Message">What is wrong, in one sentence; never holds a secret.</param>
/// <param name="Span">Where; unknown when the mistake has no place.</param>
/// <param name="Hint">What to do about it, or <see langword="null"/>.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, SourceSpan Span = default, string? Hint = null)
{
    public static Diagnostic Error(string code, string message, SourceSpan span = default, string? hint = null) =>
        new(code, Severity.Error, message, span, hint);

    public static Diagnostic Warning(string code, string message, SourceSpan span = default, string? hint = null) =>
        new(code, Severity.Warning, message, span, hint);

    /// <summary><c>file:line:column: message (hint)</c>, on one line.</summary>
    public override string ToString()
    {
        var place = Span.ToString();
        var text = place.Length == 0 ? Message : $"{place}: {Message}";
        return Hint is null ? text : $"{text} ({Hint})";
    }
}
