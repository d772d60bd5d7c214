using Weir.Cli.Templating;
using Weir.Helm;
using Weir.Sources;
using Weir.Sources.Charts;
using Weir.Sources.Helm;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Cli.Charts;

/// <summary>
/// Finds a chart as Helm does: a folder or file, a chart of <c>--repo</c> or of a repository that Helm knows, an
/// <c>oci://</c> reference, or a URL. Packed charts are kept by digest in a cache that all processes share.
/// </summary>
internal sealed class ChartFetcher(ChartSourceOptions options) : IDisposable
{
    private const string Provenance = ".prov";
    private const string ProvenanceLayer = "application/vnd.cncf.helm.chart.provenance.v1.prov";

    private readonly HttpClients _http = new();

    /// <summary>Loads a chart from wherever the options and its name say.</summary>
    public static Parsed<Chart> Load(string name, ChartSourceOptions options)
    {
        using var fetcher = new ChartFetcher(options);
        try
        {
            return fetcher.LoadAsync(name.Trim(), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SourceException or IOException or UnauthorizedAccessException or FormatException)
        {
            return new(null, [Diagnostic.Error("helm-chart-source", e.Message)]);
        }
    }

    /// <summary>The schemas elsewhere that a chart's own schemas refer to, fetched or from the cache.</summary>
    public static RemoteSchemas Schemas(Chart chart)
    {
        using var http = new HttpClients();
        var client = new RemoteSchemaClient(http, SourceMirrors.None, Path.Combine(UserCache.Folder, "schemas"), TimeProvider.System);
        client.CompleteAsync(chart, CancellationToken.None).GetAwaiter().GetResult();
        return client.Schemas;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Parsed<Chart>> LoadAsync(string name, CancellationToken cancellationToken)
    {
        if (options.Repository.Length > 0)
        {
            return await FromRepositoryAsync(new HelmRepositoryRequest { Url = options.Repository, Access = Access(), PassCredentials = options.PassCredentials }, name, cancellationToken);
        }

        if (name.StartsWith(OciUrl.Scheme, StringComparison.Ordinal))
        {
            return await FromRegistryAsync(name, cancellationToken);
        }

        if (name.StartsWith("http://", StringComparison.Ordinal) || name.StartsWith("https://", StringComparison.Ordinal))
        {
            return await FromUrlAsync(name, cancellationToken);
        }

        var isPath = Path.Exists(name) || Path.IsPathRooted(name) || name.StartsWith('.');
        if (!isPath && HelmRepositories.Find(name) is var (known, chart))
        {
            return await FromRepositoryAsync(known with { Access = Access(known.Access) }, chart, cancellationToken);
        }

        return !options.Verify || VerifyFile(name) ? ChartFolder.Load(name) : throw Wrong("unpacked charts cannot be verified");
    }

    private bool VerifyFile(string path)
    {
        if (!File.Exists(path))
        {
            return !Directory.Exists(path);
        }

        if (!File.Exists(path + Provenance))
        {
            throw Wrong($"could not load provenance file {path}{Provenance}: no such file");
        }

        ChartProvenance.Verify(File.ReadAllBytes(path), File.ReadAllBytes(path + Provenance), Path.GetFileName(path), options.Keyring);
        return true;
    }

    private async Task<Parsed<Chart>> FromRepositoryAsync(HelmRepositoryRequest repository, string name, CancellationToken cancellationToken)
    {
        var client = new HelmRepositoryClient(_http, SourceMirrors.None);
        var index = HelmIndex.Read((await client.FetchIndexAsync(repository, cancellationToken)).Content);
        HelmIndexEntry entry;
        try
        {
            entry = index.Find(name, options.Range);
        }
        catch (SourceException e) when (e.Failure == SourceFailure.NotFound)
        {
            throw new SourceException(NotFound(repository, name, index), SourceFailure.NotFound, e);
        }

        var content = await ChartCacheFolder.Open().GetAsync(entry.Digest, () => client.DownloadAsync(repository, entry, cancellationToken));
        if (options.Verify && entry.Urls.Count > 0)
        {
            var signature = await client.DownloadAsync(repository, entry with { Urls = [entry.Urls[0] + Provenance], Digest = "" }, cancellationToken);
            ChartProvenance.Verify(content, signature, FileName(entry.Urls[0]), options.Keyring);
        }

        return ChartLoader.LoadArchive(content, $"{name}-{entry.Version}.tgz");
    }

    private string NotFound(HelmRepositoryRequest repository, string name, HelmIndex index)
    {
        var wanted = options.Range.Length > 0 ? $"chart \"{name}\" version \"{options.Range}\"" : $"chart \"{name}\"";
        var near = index.Versions(name).Count > 0
            ? $"; it has {string.Join(", ", index.Versions(name).Take(5).Select(v => v.Version))}"
            : NearestName.Find(name, index.Names) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
        return $"{wanted} not found in {repository.Url} repository{near}";
    }

    private async Task<Parsed<Chart>> FromRegistryAsync(string name, CancellationToken cancellationToken)
    {
        var (repository, chart, tag) = RegistryChart.Parse(name);
        if (tag.Length > 0 && options.Version.Length > 0 && tag != options.Version)
        {
            throw Wrong($"chart reference and version mismatch: {options.Version} is not {tag}");
        }

        var request = new OciRequest { Url = repository, Insecure = options.PlainHttp, Access = RegistryChart.Access(repository, Access()) };
        var registry = new OciClient(_http, SourceMirrors.None, TimeProvider.System);
        var version = await new OciChartClient(registry).FindVersionAsync(request, chart, tag.Length > 0 ? tag : options.Range, cancellationToken);
        var whole = request with { Url = $"{repository}/{chart}" };
        var reference = new OciReference { Tag = version.Replace('+', '_') };
        var revision = await registry.ResolveAsync(whole, reference, OciMediaTypes.HelmChart, cancellationToken);
        var content = await ChartCacheFolder.GetAsync(revision.Digest, async () => (await registry.PullAsync(whole, revision, OciMediaTypes.HelmChart, cancellationToken)).Content);
        if (options.Verify)
        {
            var signature = await registry.PullAsync(whole, revision, ProvenanceLayer, cancellationToken);
            ChartProvenance.Verify(content, signature.Content, $"{chart}-{version}.tgz", options.Keyring);
        }

        return ChartLoader.LoadArchive(content, $"{chart}-{version}.tgz");
    }

    private async Task<Parsed<Chart>> FromUrlAsync(string url, CancellationToken cancellationToken)
    {
        var content = await _http.GetAsync(new Uri(url), Access(), HelmRepositoryClient.MaxChartBytes, cancellationToken);
        if (options.Verify)
        {
            var signature = await _http.GetAsync(new Uri(url + Provenance), Access(), HelmRepositoryClient.MaxChartBytes, cancellationToken);
            ChartProvenance.Verify(content, signature, FileName(url), options.Keyring);
        }

        return ChartLoader.LoadArchive(content, FileName(url));
    }

    /// <summary>The access that the flags describe, over one that a file describes.</summary>
    private HttpAccess Access(HttpAccess? known = null)
    {
        var access = known ?? HttpAccess.Anonymous;
        return access with
        {
            Username = options.Username ?? access.Username,
            Password = options.Password ?? access.Password,
            ClientCertificate = Text(options.CertificateFile) ?? access.ClientCertificate,
            ClientKey = Text(options.KeyFile) ?? access.ClientKey,
            CertificateAuthority = Text(options.AuthorityFile) ?? access.CertificateAuthority,
            SkipsVerification = options.SkipsTlsVerification || access.SkipsVerification,
        };
    }

    private static string? Text(string? file) => file is null ? null : File.ReadAllText(file);

    private static string FileName(string url) => Uri.UnescapeDataString(url.Split('?')[0].Split('/')[^1]);

    private static SourceException Wrong(string message) => new(message, SourceFailure.InvalidRequest);
}
