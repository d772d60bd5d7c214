using Weir.Values;

namespace Weir.Helm;

/// <summary>One value that a chart knows: from its defaults, from its templates, or from both.</summary>
/// <param name="Path">Keys joined with dots; <c>*</c> stands for each element.</param>
/// <param name="Default">The default; <see langword="null"/> when no file of the chart gives one.</param>
/// <param name="DefaultAt">Where the default stands.</param>
/// <param name="Uses">Where templates look at it, in the order in which they do.</param>
public sealed record ChartValue(string Path, Value? Default, SourceSpan DefaultAt, IReadOnlyList<ValueUse> Uses);
