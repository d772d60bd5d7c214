using Weir.Sources.Mirrors;
using Weir.Values;

namespace Weir.Sources.Oci;

/// <summary>Helm charts in registries: versions are tags, the chart is a layer.</summary>
public sealed class OciChartClient(OciClient registry)
{
    /// <summary>
    /// The version of a chart that a range names: itself when it is a version, else the highest tag inside.
    /// </summary>
    /// <param name="repository">The Helm repository; the chart is a repository of the registry below it.</param>
    /// <param name="name">The chart.</param>
    /// <param name="version">A version or a range; empty for the highest that is no pre-release.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="SourceException">There is none, or the registry cannot be read.</exception>
    public async Task<string> FindVersionAsync(OciRequest repository, string name, string version, CancellationToken cancellationToken)
    {
        if (SemanticVersion.TryParse(version, out _))
        {
            return version;
        }

        var request = RequestFor(repository, name);
        IReadOnlyList<string> tags;
        try
        {
            tags = await registry.ListTagsAsync(request, cancellationToken);
        }
        catch (SourceException e)
        {
            throw new SourceException($"could not get tags for \"{name}\": could not fetch tags for \"{request.Url}\": {e.Message}", e.Failure, e);
        }

        if (tags.Count == 0)
        {
            throw new SourceException($"unable to locate any tags in provided repository: {name}", SourceFailure.NotFound);
        }

        var versions = tags.Select(t => t.Replace('_', '+')).ToList();
        if (version.Length > 0 && versions.Contains(version))
        {
            return version;
        }

        var range = version.Length == 0 ? "*" : version;
        if (!VersionConstraint.TryParse(range, out var constraint, out var error))
        {
            throw new SourceException(error ?? $"improper constraint: {range}", SourceFailure.InvalidRequest);
        }

        SemanticVersion? best = null;
        foreach (var text in versions)
        {
            if (SemanticVersion.TryParse(text, out var candidate) && constraint.Check(candidate) && (best is null || candidate > best))
            {
                best = candidate;
            }
        }

        return best?.Original
            ?? throw new SourceException($"could not locate a version matching provided version string {version}", SourceFailure.NotFound);
    }

    /// <summary>The manifest of a version now.</summary>
    /// <exception cref="SourceException">There is none, or the registry cannot be read.</exception>
    public async Task<(OciRequest Request, OciRevision Revision)> ResolveAsync(OciRequest repository, string name, string version, CancellationToken cancellationToken)
    {
        var request = RequestFor(repository, name);
        try
        {
            var reference = new OciReference { Tag = version.Replace('+', '_') };
            return (request, await registry.ResolveAsync(request, reference, OciMediaTypes.HelmChart, cancellationToken));
        }
        catch (SourceException e)
        {
            throw new SourceException($"failed to get '{request.Url}:{version}': {e.Message}", e.Failure, e);
        }
    }

    /// <summary>The packed chart of a manifest, and the mirror that answered if one did.</summary>
    /// <exception cref="SourceException">It cannot be had.</exception>
    public async Task<(byte[] Content, MirrorMatch? Mirror)> DownloadAsync(OciRequest request, OciRevision revision, string version, CancellationToken cancellationToken)
    {
        try
        {
            var layer = await registry.PullAsync(request, revision, OciMediaTypes.HelmChart, cancellationToken);
            return (layer.Content, revision.Mirror);
        }
        catch (SourceException e)
        {
            throw new SourceException($"failed to get '{request.Url}:{version}': {e.Message}", e.Failure, e);
        }
    }

    /// <summary>The packed chart of a version, and the mirror that answered if one did.</summary>
    /// <exception cref="SourceException">It cannot be had.</exception>
    public async Task<(byte[] Content, MirrorMatch? Mirror)> DownloadAsync(OciRequest repository, string name, string version, CancellationToken cancellationToken)
    {
        var (request, revision) = await ResolveAsync(repository, name, version, cancellationToken);
        return await DownloadAsync(request, revision, version, cancellationToken);
    }

    private static OciRequest RequestFor(OciRequest repository, string name) =>
        repository with { Url = $"{repository.Url.TrimEnd('/')}/{name}" };
}
