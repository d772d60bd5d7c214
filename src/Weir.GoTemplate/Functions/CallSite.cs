namespace Weir.GoTemplate;

/// <summary>
/// Where in which template a call stands, and the chain of templates that led there. Random streams are keyed by it,
/// so that a change elsewhere in a chart does not disturb them.
/// </summary>
/// <param name="Template">The name under which the text was parsed.</param>
/// <param name="Line">The line of the call.</param>
/// <param name="Column">The column of the call as Go counts it: bytes from the start of the line.</param>
/// <param name="Chain">The places of the enclosing template calls, outermost first, as <c>name:line:column</c> separated by <c>&gt;</c>.</param>
/// <param name="Occurrence">How often this execution has asked for this very place before.</param>
public sealed record CallSite(string Template, int Line, int Column, string Chain, int Occurrence);
