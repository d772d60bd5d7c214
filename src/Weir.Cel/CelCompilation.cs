namespace Weir.Cel;

/// <summary>What came of a text: an expression, or why there is none.</summary>
/// <param name="Expression">The expression, or <see langword="null"/> when there is an error.</param>
/// <param name="Error">Each error with its place and line as cel-go shows it; empty when there is none.</param>
/// <param name="IsUnrunnable">True when the text is right, but a part of it that is known beforehand fails.</param>
public sealed record CelCompilation(CelExpression? Expression, string Error, bool IsUnrunnable = false);
