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

    /// <summary>The packed chart. Throws <see cref="Weir.Sources.SourceException"/> when it cannot be had.</summary>
    public async Task<(byte[] Content, MirrorMatch? Mirror)> DownloadAsync(RemoteChart chart, CancellationToken cancellationToken)
    {
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
