using Weir.Values;

namespace Weir.Helm;

/// <summary>What a chart's values are used for, and what is wrong with them.</summary>
/// <param name="Values">Every value that the chart knows, in the order of its defaults, then by name.</param>
/// <param name="Diagnostics">
/// Errors for values that templates need and no file gives; warnings for keys that nobody knows and for values that no
/// template uses. None holds a value.
/// </param>
public sealed record ValuesInspection(IReadOnlyList<ChartValue> Values, IReadOnlyList<Diagnostic> Diagnostics);
