using Weir.Kubernetes;

namespace Weir.Flux;

/// <summary>Every kind of Flux that Weir knows.</summary>
public static class FluxKinds
{
    public static IReadOnlyList<KindDefinition> All { get; } =
    [
        GitRepository.Definition,
        OciRepository.Definition,
        HelmRepository.Definition,
        HelmChart.Definition,
        Bucket.Definition,
        ExternalArtifact.Definition,
        ArtifactGenerator.Definition,
        Kustomization.Definition,
        HelmRelease.Definition,
        Receiver.Definition,
        Alert.Definition,
        Provider.Definition,
        ImageRepository.Definition,
        ImagePolicy.Definition,
        ImageUpdateAutomation.Definition,
    ];

    /// <summary>The definition of a kind, or <see langword="null"/> when it is none of Flux's.</summary>
    public static KindDefinition? Find(GroupVersionKind kind)
    {
        foreach (var definition in All)
        {
            if (definition.Kind == kind)
            {
                return definition;
            }
        }

        return null;
    }
}
