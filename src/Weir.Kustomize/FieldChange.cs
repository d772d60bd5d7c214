using Weir.Values;

namespace Weir.Kustomize;

/// <summary>One step that set or removed a field.</summary>
/// <param name="Path">The field, with dots; items of lists by name where they have one.</param>
/// <param name="Text">What the field held afterwards; <see langword="null"/> when it was removed.</param>
/// <param name="Step">The transformer or generator, or <c>resources</c> for what a file brought.</param>
/// <param name="Span">The file and line that asked for it.</param>
public sealed record FieldChange(string Path, string? Text, string Step, SourceSpan Span)
{
    /// <summary>True for the field itself and all below it. Empty means everything.</summary>
    public bool IsWithin(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Length == 0
            || (Path.StartsWith(field, StringComparison.Ordinal) && (Path.Length == field.Length || Path[field.Length] == '.'));
    }
}
