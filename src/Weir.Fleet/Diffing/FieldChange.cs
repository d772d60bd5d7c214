using Weir.Values;

namespace Weir.Fleet;

/// <summary>One field that differs.</summary>
/// <param name="Path">Where: <c>spec.replicas</c>, <c>spec.containers[name=web].image</c>.</param>
/// <param name="Before">The value before; <see langword="null"/> when there was none.</param>
/// <param name="After">The value after; <see langword="null"/> when there is none.</param>
public sealed record FieldChange(string Path, Value? Before, Value? After)
{
    /// <summary>Where the value was written that counts now, or the one that is gone; unknown for what was computed.</summary>
    public SourceSpan Span => (After ?? Before)?.Span is { IsKnown: true, File.Length: > 0 } span ? span : default;
}
