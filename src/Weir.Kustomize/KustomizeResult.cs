using Weir.Values;

namespace Weir.Kustomize;

/// <summary>
/// What a build gave: the objects in order, and all that is to be said. With an error among the diagnostics there
/// are no objects.
/// </summary>
/// <param name="Objects">The objects, plain values without anything of kustomize's own.</param>
/// <param name="Diagnostics">Warnings and errors with their places.</param>
/// <param name="Error">The first error in kustomize's words; <see langword="null"/> when the build succeeded.</param>
/// <param name="History">Who set which field, when that was asked for.</param>
public sealed record KustomizeResult(
    IReadOnlyList<MapValue> Objects,
    IReadOnlyList<Diagnostic> Diagnostics,
    string? Error,
    FieldHistory? History = null)
{
    public bool IsSuccess => Error is null;
}
