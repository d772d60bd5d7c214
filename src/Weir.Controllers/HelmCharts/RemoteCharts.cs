using Weir.Flux;
using Weir.Sources.Helm;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;

namespace Weir.Controllers;

/// <summary>The charts of one Helm repository, over HTTP or in a registry.</summary>
internal sealed class RemoteCharts(RemoteSources remotes, HelmRepository repository, HttpAccess access, HelmIndex? index)
{
    private HelmIndex? _index = index;
    private (OciRequest Request, OciRevision Revision)? _verified;

    public bool IsRegistry { get; } = repository.Spec.Url.StartsWith(OciUrl.Scheme, StringComparison.Ordinal);

    /// <summary>The version that a range names. Throws <see cref="Weir.Sources.SourceException"/> when there is none.</summary>
    public async Task<RemoteChart> FindAsync(string name, string range, CancellationToken cancellationToken)
    {
        if (IsRegistry)
        {
            var version = await remotes.RegistryCharts.FindVersionAsync(RegistryRequest, name, range, cancellationToken).ConfigureAwait(false);

            // The last part of the path is the chart's name.
            return new(name, version, null);
        }

        if (_index is null)
        {
            var fetched = await remotes.Repositories.FetchIndexAsync(RepositoryRequest, cancellationToken).ConfigureAwait(false);
            _index = HelmIndex.Read(fetched.Content);
        }

        var entry = _index.Find(name, range);
        return new(entry.Name, entry.Version, entry);
    }

    /// <summary>
    /// Checks the signature of a chart in a registry; what is downloaded afterwards is the manifest that was checked. True when
    /// it is verified. Throws <see cref="Weir.Sources.Signatures.SignatureException"/> when it is not.
    /// </summary>
    public async Task<bool> VerifyAsync(RemoteChart chart, VerifyArtifact verify, CancellationToken cancellationToken)
    {
        var resolved = await remotes.RegistryCharts.ResolveAsync(RegistryRequest, chart.Name, chart.Version, cancellationToken).ConfigureAwait(false);
        if (resolved.Revision.Mirror is not null)
        {
            throw new Weir.Sources.Signatures.SignatureException("the mirror of this repository has no signatures") { IsUnsupported = true };
        }

        var isVerified = await verify.RunAsync(resolved.Request, resolved.Revision.Digest, cancellationToken).ConfigureAwait(false);
        _verified = resolved;
        return isVerified;
    }

    /// <summary>The packed chart. Throws <see cref="Weir.Sources.SourceException"/> when it cannot be had.</summary>
    public async Task<(byte[] Content, MirrorMatch? Mirror)> DownloadAsync(RemoteChart chart, CancellationToken cancellationToken)
    {
        if (_verified is { } verified)
        {
            return await remotes.RegistryCharts.DownloadAsync(verified.Request, verified.Revision, chart.Version, cancellationToken).ConfigureAwait(false);
        }

        if (chart.Entry is not { } entry)
        {
            return await remotes.RegistryCharts.DownloadAsync(RegistryRequest, chart.Name, chart.Version, cancellationToken).ConfigureAwait(false);
        }

        var content = await remotes.Repositories.DownloadAsync(RepositoryRequest, entry, cancellationToken).ConfigureAwait(false);
        return (content, remotes.Mirrors.Find(repository.Spec.Url) ?? (entry.Urls.Count > 0 ? remotes.Mirrors.Find(entry.Urls[0]) : null));
    }

    private OciRequest RegistryRequest => new() { Url = repository.Spec.Url, Insecure = repository.Spec.Insecure == true, Access = access };

    private HelmRepositoryRequest RepositoryRequest => new()
    {
        Url = repository.Spec.Url,
        Access = access,
        PassCredentials = repository.Spec.PassCredentials == true,
    };
}
