using System.Security.Cryptography;
using System.Text;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Reads the artifacts of a generator's sources; all must be there.</summary>
internal static class ObserveSources
{
    public static async Task<IReadOnlyList<ObservedSource>> RunAsync(KubernetesClient client, ArtifactGenerator generator, CancellationToken cancellationToken)
    {
        var observed = new List<ObservedSource>();
        foreach (var source in generator.Spec.Sources ?? [])
        {
            var space = source.Namespace is { Length: > 0 } named ? named : generator.Metadata.Namespace;
            var kind = new GroupVersionKind(GitRepository.Kind.Group, GitRepository.Kind.Version, source.Kind);
            var live = await client.FindAsync(kind, space, source.Name, cancellationToken).ConfigureAwait(false)
                ?? throw NotReady($"source '{source.Kind}/{space}/{source.Name}' not found");
            var artifact = live.GetMap("status")?.GetMap("artifact")
                ?? throw NotReady($"source '{source.Kind}/{space}/{source.Name}' is not ready");
            observed.Add(new ObservedSource(source.Alias, artifact));
        }

        return observed;
    }

    /// <summary>A digest that changes whenever a source does.</summary>
    public static string Digest(IEnumerable<ObservedSource> sources)
    {
        var parts = sources.Select(s => $"{s.Alias}=[{s.Digest},{s.Revision},{s.OriginRevision}]").Order(StringComparer.Ordinal);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', parts))));
    }

    private static ArtifactGeneratorException NotReady(string message) =>
        new(ArtifactGeneratorReasons.SourceFetchFailed, $"get sources failed: {message}", stalls: false);
}
