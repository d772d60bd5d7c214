using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;
using Weir.Sources.Generating;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Makes the archive of one output from the unpacked sources and stores it.</summary>
internal static class BuildArtifact
{
    private const string OriginAnnotation = "org.opencontainers.image.revision";

    public static async Task<MapValue> RunAsync(
        SourceServices services,
        ArtifactGenerator generator,
        OutputArtifact output,
        IReadOnlyList<ObservedSource> sources,
        IReadOnlyDictionary<string, string> folders,
        string staging,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(staging);
        new CopyFiles(folders, staging).Run(output.Copy ?? []);
        var patterns = new IgnorePatterns();
        patterns.Add(IgnorePatterns.VersionControl);
        var path = ArtifactStore.PathOf(
            ExternalArtifact.Kind.Kind, generator.Metadata.Namespace, output.Name, ContentHash.Of(staging, output.Name) + ".tar.gz");
        var stored = await services.Store.StoreAsync(
            path,
            "",
            stream =>
            {
                TarGz.WriteDirectory(staging, patterns, stream);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);

        var metadata = new Dictionary<string, string>();
        if (Find(sources, output.OriginRevision) is { } origin)
        {
            metadata[OriginAnnotation] = origin.OriginRevision;
        }

        var revision = Find(sources, output.Revision)?.Revision ?? $"latest@{stored.Digest}";
        return services.Describe(stored with { Revision = revision }, metadata);
    }

    private static ObservedSource? Find(IEnumerable<ObservedSource> sources, string? alias) =>
        string.IsNullOrEmpty(alias) ? null : sources.FirstOrDefault(s => s.Alias == alias.TrimStart('@'));
}
