using System.Globalization;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// Why a template could not be parsed or executed, in parts; <see cref="Text"/> is what Go prints. An error inside a
/// template that a function executed (<c>include</c>) is the <see cref="Cause"/> of the error at the call.
/// </summary>
public sealed record TemplateError
{
    /// <summary>The name under which the text was parsed; <see langword="null"/> for errors without a place.</summary>
    public string? Template { get; init; }

    /// <summary>The line, from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>The column as Go counts it (bytes before it on the line); parse errors print none.</summary>
    public int Column { get; init; }

    /// <summary>The defined template that was being executed; <see langword="null"/> for parse errors.</summary>
    public string? Executing { get; init; }

    /// <summary>The expression as Go prints it; <see langword="null"/> when there is none.</summary>
    public string? Expression { get; init; }

    /// <summary>The function that failed; <see langword="null"/> when the engine itself refused.</summary>
    public string? Function { get; init; }

    /// <summary>What is wrong, without place and without <see cref="Cause"/>.</summary>
    public required string Message { get; init; }

    /// <summary>The error that a nested execution or parsing ended with.</summary>
    public TemplateError? Cause { get; init; }

    /// <summary>What could help, or <see langword="null"/>; never part of <see cref="Text"/>.</summary>
    public string? Hint { get; init; }

    /// <summary>The message with those of its causes, as Go prints it after the place.</summary>
    public string FullMessage => Cause is null ? Message : Message + Cause.Text;

    /// <summary>The whole error as Go prints it.</summary>
    public string Text
    {
        get
        {
            if (Template is null)
            {
                return FullMessage;
            }

            var line = Line.ToString(CultureInfo.InvariantCulture);
            if (Executing is null)
            {
                return Line == 0 ? $"template: {Template}: {FullMessage}" : $"template: {Template}:{line}: {FullMessage}";
            }

            var place = Line == 0 ? "" : $":{line}:{Column.ToString(CultureInfo.InvariantCulture)}";
            var executing = Expression is null
                ? $"executing {GoQuote.Quote(Executing)}"
                : $"executing {GoQuote.Quote(Executing)} at <{Expression}>";
            return $"template: {Template}{place}: {executing}: {FullMessage}";
        }
    }

    /// <summary>The innermost error: where it really went wrong.</summary>
    public TemplateError Root => Cause?.Root ?? this;

    public SourceSpan Span => new(Template, Line, Line == 0 ? 0 : Column + 1);

    public Diagnostic ToDiagnostic() => Diagnostic.Error(
        Executing is null ? "template-parse" : "template-execute",
        FullMessage,
        Span,
        Hint ?? Root.Hint);
}
