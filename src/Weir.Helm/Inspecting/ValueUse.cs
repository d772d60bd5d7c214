using Weir.Values;

namespace Weir.Helm;

/// <summary>A place where a template looks at a value.</summary>
/// <param name="At">The template, line and column.</param>
/// <param name="IsWhole">Whether it takes all that is below the value too.</param>
public sealed record ValueUse(SourceSpan At, bool IsWhole);
