using System.Net;
using System.Security.Cryptography;
using System.Text;
using Weir.Kustomize;
using Weir.Sources.Files;
using Weir.Sources.Git;

namespace Weir.Cli.Kustomizing;

/// <summary>
/// Remote bases and files of kustomizations: repositories through <c>git</c>, files over HTTP. Commits are kept below a
/// cache folder, so that the same revision is fetched once.
/// </summary>
internal sealed class GitBases : IRemoteLoader, IDisposable
{
    private const int MaxFileBytes = 64 * 1024 * 1024;

    private readonly string _cache;
    private readonly Lazy<GitClient> _git;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = MaxFileBytes };
    private readonly Dictionary<string, RemoteTree> _trees = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancellation;

    public GitBases(string cache, CancellationToken cancellationToken)
    {
        _cache = cache;
        _cancellation = cancellationToken;
        _git = new Lazy<GitClient>(() => new GitClient(Path.Combine(cache, "repositories")));
    }

    /// <summary>The folder in which a user's bases are kept.</summary>
    public static string DefaultCache => Path.Combine(UserCache.Folder, "kustomize");

    public RemoteTree Clone(RepositorySpec spec)
    {
        var key = $"{spec.CloneUrl} {spec.Ref} {spec.Submodules}";
        if (_trees.TryGetValue(key, out var known))
        {
            return known;
        }

        RemoteTree tree;
        try
        {
            tree = new RemoteTree(Checkout(spec), null);
        }
        catch (GitException e)
        {
            tree = new RemoteTree(null, $"cannot fetch {spec.CloneUrl}{(spec.Ref.Length > 0 ? $" at {spec.Ref}" : "")}: {e.Message}");
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            tree = new RemoteTree(null, $"hit {spec.Timeout.TotalSeconds:0}s timeout running 'git fetch' of {spec.CloneUrl}");
        }

        _trees[key] = tree;
        return tree;
    }

    public RemoteFile Fetch(string url)
    {
        try
        {
            using var response = _http.GetAsync(new Uri(url), _cancellation).GetAwaiter().GetResult();
            return response.IsSuccessStatusCode
                ? new RemoteFile(response.Content.ReadAsByteArrayAsync(_cancellation).GetAwaiter().GetResult(), null)
                : new RemoteFile(null, $"status code {(int)response.StatusCode} ({Reason(response.StatusCode)})", IsRefused: true);
        }
        catch (HttpRequestException e)
        {
            return new RemoteFile(null, $"Get \"{url}\": {e.Message}");
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            return new RemoteFile(null, $"Get \"{url}\": no answer within {_http.Timeout.TotalSeconds:0}s");
        }
    }

    public void Dispose() => _http.Dispose();

    private DiskFileTree Checkout(RepositorySpec spec)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        timeout.CancelAfter(spec.Timeout);
        var request = new GitFetchRequest { Url = spec.CloneUrl, RecurseSubmodules = spec.Submodules };
        var (resolved, revision) = Resolve(request, spec.Ref, timeout.Token);
        var folder = Path.Combine(_cache, "checkouts", Digest($"{spec.CloneUrl} {revision.Commit} {spec.Submodules}"));
        if (!Directory.Exists(folder))
        {
            var part = $"{folder}.{Environment.ProcessId}";
            _git.Value.CheckoutAsync(resolved, revision, part, timeout.Token).GetAwaiter().GetResult();
            try
            {
                Directory.Move(part, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                // Another process was faster; both have the same files.
                Directory.Delete(part, recursive: true);
            }
        }

        return new DiskFileTree(folder);
    }

    /// <summary>A ref may be a commit, a tag, a branch or a full name; none is the remote's default branch.</summary>
    private (GitFetchRequest Request, GitRevision Revision) Resolve(GitFetchRequest request, string reference, CancellationToken cancellationToken)
    {
        if (reference.Length == 40 && reference.All(char.IsAsciiHexDigit))
        {
            var exact = request with { Reference = new GitReference { Commit = reference } };
            return (exact, new GitRevision("", reference));
        }

        string[] names = reference.Length == 0 ? ["HEAD"] : [$"refs/tags/{reference}", $"refs/heads/{reference}", reference];
        for (var i = 0; ; i++)
        {
            var named = request with { Reference = new GitReference { Name = names[i] } };
            try
            {
                return (named, _git.Value.ResolveAsync(named, cancellationToken).GetAwaiter().GetResult());
            }
            catch (GitException e) when (e.Failure == GitFailure.ReferenceNotFound && i < names.Length - 1)
            {
                // The next kind of name may be there.
            }
        }
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    private static string Reason(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "Not Found",
        HttpStatusCode.Forbidden => "Forbidden",
        HttpStatusCode.Unauthorized => "Unauthorized",
        HttpStatusCode.InternalServerError => "Internal Server Error",
        _ => status.ToString(),
    };
}
