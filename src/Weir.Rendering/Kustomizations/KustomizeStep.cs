using Weir.Kustomize;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>Builds a folder with Kustomize, configured as Flux configures it: files may come from anywhere in the artifact.</summary>
internal static class KustomizeStep
{
    private static readonly KustomizeOptions Options = new() { LoadRestrictor = LoadRestrictor.None };

    /// <summary>The objects in build order; mistakes go to <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<MapValue> Run(IFileTree tree, string folder, List<Diagnostic> diagnostics)
    {
        var result = KustomizeBuild.Run(tree, folder, Options);
        foreach (var diagnostic in result.Diagnostics)
        {
            diagnostics.Add(diagnostic.Severity == Severity.Error
                ? diagnostic with { Message = $"kustomize build failed: {diagnostic.Message}" }
                : diagnostic);
        }

        if (result.Error is { } error && !diagnostics.Exists(static d => d.Severity == Severity.Error))
        {
            diagnostics.Add(Diagnostic.Error("kustomize-build", $"kustomize build failed: {error}"));
        }

        return result.Objects;
    }
}
