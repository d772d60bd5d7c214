using System.Collections.Concurrent;
using Weir.Flux;
using Weir.Helm;
using Weir.Sources;
using Weir.Sources.Artifacts;
using Weir.Sources.Charts;
using Weir.Sources.Files;
using Weir.Sources.Git;
using Weir.Sources.Helm;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>
/// The files and charts that lie outside of the fleet's repository, from mirrors, a cache or the network. What was fetched
/// once is shared by both sides of a diff and by all clusters: a source that moves while Weir runs makes no difference.
/// </summary>
public sealed class FleetSources : IDisposable
{
    private readonly SourceMirrors _mirrors;
    private readonly HttpClients _http = new();
    private readonly HelmRepositoryClient _repositories;
    private readonly OciClient _registries;
    private readonly OciChartClient _registryCharts;
    private readonly GitClient _git;
    private readonly GitProgram _program;
    private readonly ChartCache _charts;
    private readonly RemoteSchemaClient _schemas;
    private readonly ConcurrentDictionary<string, Lazy<Task<object>>> _fetched = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<GitObjects> _objects = [];

    /// <param name="mirrors">Asked before the network.</param>
    /// <param name="cacheDirectory">Where fetched charts and repositories are kept; several processes may share it.</param>
    /// <param name="git">The git program.</param>
    public FleetSources(SourceMirrors mirrors, string cacheDirectory, GitProgram git)
    {
        ArgumentNullException.ThrowIfNull(mirrors);
        _mirrors = mirrors;
        _program = git;
        _repositories = new HelmRepositoryClient(_http, mirrors);
        _registries = new OciClient(_http, mirrors, TimeProvider.System);
        _registryCharts = new OciChartClient(_registries);
        _git = new GitClient(Path.Combine(cacheDirectory, "git"), git);
        _charts = new ChartCache(Path.Combine(cacheDirectory, "charts"));
        _schemas = new RemoteSchemaClient(_http, mirrors, Path.Combine(cacheDirectory, "schemas"), TimeProvider.System);
    }

    /// <summary>The files of a GitRepository, OCIRepository or Bucket that is not the fleet itself.</summary>
    /// <exception cref="SourceException">They cannot be had.</exception>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public Task<IFileTree> TreeAsync(MapValue source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return OnceAsync($"tree {source.GetString("kind")} {Spec(source)}", () => source.GetString("kind") switch
        {
            "GitRepository" => FromGitAsync(Read(GitRepository.Read(source)), cancellationToken),
            "OCIRepository" => FromRegistryAsync(Read(OciRepository.Read(source)), cancellationToken),
            "Bucket" => Task.FromResult(FromBucket(Read(Bucket.Read(source)))),
            var kind => throw new SourceException($"sources of kind {kind} cannot be built without a cluster yet", SourceFailure.InvalidRequest),
        });
    }

    /// <summary>A chart of a HelmRepository.</summary>
    /// <exception cref="SourceException">It cannot be had.</exception>
    public Task<Chart> ChartAsync(MapValue repository, string name, string range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var read = Read(HelmRepository.Read(repository));
        return OnceAsync($"chart {name} {range} {Spec(repository)}", async () =>
        {
            if (read.Spec.Url.StartsWith(OciUrl.Scheme, StringComparison.Ordinal))
            {
                var registry = new OciRequest { Url = read.Spec.Url, Insecure = read.Spec.Insecure == true };
                var version = await _registryCharts.FindVersionAsync(registry, name, range, cancellationToken).ConfigureAwait(false);
                var (packed, _) = await _registryCharts.DownloadAsync(registry, name, version, cancellationToken).ConfigureAwait(false);
                return Load(packed, name);
            }

            var request = new HelmRepositoryRequest { Url = read.Spec.Url };
            var index = await IndexAsync(request, cancellationToken).ConfigureAwait(false);
            var entry = index.Find(name, range);
            var content = await _charts.GetAsync(entry.Digest, () => _repositories.DownloadAsync(request, entry, cancellationToken)).ConfigureAwait(false);
            return Load(content, name);
        });
    }

    /// <summary>The chart that an OCIRepository holds.</summary>
    /// <exception cref="SourceException">It cannot be had.</exception>
    public Task<Chart> ChartAsync(MapValue repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var read = Read(OciRepository.Read(repository));
        return OnceAsync(
            $"chart {Spec(repository)}",
            async () => Load((await PullAsync(read, cancellationToken).ConfigureAwait(false)).Content, read.Spec.Url));
    }

    /// <summary>What the schemas of a chart and its subcharts refer to elsewhere; what cannot be had says why.</summary>
    public async Task<RemoteSchemas> SchemasAsync(Chart chart, CancellationToken cancellationToken)
    {
        await _schemas.CompleteAsync(chart, cancellationToken).ConfigureAwait(false);
        return _schemas.Schemas;
    }

    public void Dispose()
    {
        _http.Dispose();
        foreach (var objects in _objects)
        {
            objects.Dispose();
        }
    }

    private Task<HelmIndex> IndexAsync(HelmRepositoryRequest request, CancellationToken cancellationToken) =>
        OnceAsync($"index {request.Url}", async () =>
            HelmIndex.Read((await _repositories.FetchIndexAsync(request, cancellationToken).ConfigureAwait(false)).Content));

    private async Task<IFileTree> FromGitAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        if (repository.Spec.Include is { Count: > 0 } || repository.Spec.RecurseSubmodules == true)
        {
            throw new SourceException(
                $"GitRepository '{repository.Metadata.Name}' uses include or recurseSubmodules, which cannot be built without a cluster yet",
                SourceFailure.InvalidRequest);
        }

        var mirror = _mirrors.Find(repository.Spec.Url);
        var tree = mirror?.Form switch
        {
            MirrorForm.Missing or MirrorForm.File => throw new SourceException(
                $"the mirror of {mirror.Mirror.Prefix} has no repository at '{mirror.Path}'", SourceFailure.NotFound),
            MirrorForm.Directory => new DiskFileTree(mirror.Path),
            MirrorForm.Archive => Unpack(await File.ReadAllBytesAsync(mirror.Path, cancellationToken).ConfigureAwait(false)),
            _ => await FetchAsync(repository, mirror, cancellationToken).ConfigureAwait(false),
        };
        return new IgnoringFileTree(tree, IgnorePatterns.ForTree(tree, repository.Spec.Ignore));
    }

    private async Task<IFileTree> FetchAsync(GitRepository repository, MirrorMatch? mirror, CancellationToken cancellationToken)
    {
        var request = new GitFetchRequest
        {
            Url = mirror?.Path ?? repository.Spec.Url,
            Directory = mirror?.Mirror.Directory ?? "",
            Reference = Weir.Sources.Git.GitReference.Of(repository.Spec.Ref),
        };
        var revision = await _git.ResolveAsync(request, cancellationToken).ConfigureAwait(false);
        var bare = await _git.FetchAsync(request, revision, cancellationToken).ConfigureAwait(false);
        var objects = new GitObjects(_program, bare);
        _objects.Add(objects);
        return await objects.TreeAsync(revision.Commit, request.Directory, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IFileTree> FromRegistryAsync(OciRepository repository, CancellationToken cancellationToken)
    {
        var tree = Unpack((await PullAsync(repository, cancellationToken).ConfigureAwait(false)).Content);
        return new IgnoringFileTree(tree, IgnorePatterns.ForTree(tree, repository.Spec.Ignore));
    }

    private async Task<OciLayer> PullAsync(OciRepository repository, CancellationToken cancellationToken)
    {
        var request = new OciRequest { Url = repository.Spec.Url, Insecure = repository.Spec.Insecure == true };
        var mediaType = repository.Spec.LayerSelector?.MediaType is { Length: > 0 } type ? type : null;
        var reference = Weir.Sources.Oci.OciReference.Of(repository.Spec.Ref);
        var revision = await _registries.ResolveAsync(request, reference, mediaType, cancellationToken).ConfigureAwait(false);
        return await _registries.PullAsync(request, revision, mediaType, cancellationToken).ConfigureAwait(false);
    }

    private IFileTree FromBucket(Bucket bucket)
    {
        var url = $"{(bucket.Spec.Insecure == true ? "http" : "https")}://{bucket.Spec.Endpoint}/{bucket.Spec.BucketName}";
        return _mirrors.Find(url) is { Form: MirrorForm.Directory or MirrorForm.Repository } mirror
            ? new DiskFileTree(mirror.Path)
            : throw new SourceException($"buckets are read from mirrors only: give one with --mirror {url}=PATH", SourceFailure.InvalidRequest);
    }

    private static MemoryFileTree Unpack(byte[] archive)
    {
        using var stream = new MemoryStream(archive);
        return TarGz.Read(stream);
    }

    private static Chart Load(byte[] content, string name)
    {
        var loaded = ChartLoader.LoadArchive(content, name);
        return loaded.TryGet(out var chart)
            ? chart
            : throw new SourceException($"the chart '{name}' cannot be loaded: {loaded.Diagnostics[0].Message}", SourceFailure.Damaged);
    }

    private static T Read<T>(Parsed<T> parsed)
        where T : class =>
        parsed.Result ?? throw new SourceException(parsed.Diagnostics[0].Message, SourceFailure.InvalidRequest);

    private static string Spec(MapValue value) => value.GetMap("spec") is { } spec ? YamlWriter.Write(spec) : "";

    // The same question is asked once, also when it fails.
    private async Task<T> OnceAsync<T>(string question, Func<Task<T>> ask)
        where T : class
    {
        var task = _fetched.GetOrAdd(question, _ => new Lazy<Task<object>>(async () => await ask().ConfigureAwait(false)));
        return (T)await task.Value.ConfigureAwait(false);
    }
}
