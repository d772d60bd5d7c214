using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Weir.Values;

namespace Weir.Sources.Git;

/// <summary>
/// Reads repositories through the <c>git</c> program: resolves a reference without fetching, and checks a commit out into a
/// folder. Fetched objects are kept in one bare repository a URL below a cache folder. Safe to call from many threads.
/// </summary>
public sealed class GitClient
{
    private readonly GitProgram _git;
    private readonly string _cache;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);

    /// <param name="cacheDirectory">Where fetched objects are kept; made when absent.</param>
    /// <param name="git">The program.</param>
    public GitClient(string cacheDirectory, GitProgram? git = null)
    {
        _git = git ?? new GitProgram();
        _cache = Path.GetFullPath(cacheDirectory);
        Directory.CreateDirectory(_cache);
    }

    /// <summary>
    /// The commit that a reference names now, asked from the remote without fetching objects.
    /// </summary>
    /// <exception cref="GitException">The remote cannot be read or has no such reference.</exception>
    public async Task<GitRevision> ResolveAsync(GitFetchRequest request, CancellationToken cancellationToken)
    {
        var reference = request.Reference;
        if (reference.Commit is { } commit)
        {
            return new GitRevision(reference.Branch ?? "", commit);
        }

        if (reference.SemVer is { } range)
        {
            return await ResolveRangeAsync(request, range, cancellationToken);
        }

        var (name, full) = (reference.Name, reference.Tag) switch
        {
            ({ } n, _) => (n, n),
            (_, { } tag) => (tag, $"refs/tags/{tag}"),
            _ => (reference.Branch ?? "master", $"refs/heads/{reference.Branch ?? "master"}"),
        };
        var found = await ListRemoteAsync(request, [full, full + "^{}"], cancellationToken);
        var id = found.GetValueOrDefault(full + "^{}") ?? found.GetValueOrDefault(full)
            ?? throw new GitException($"couldn't find remote ref \"{full}\"", GitFailure.ReferenceNotFound);
        return new GitRevision(name, id);
    }

    /// <summary>
    /// Fetches a commit and checks its files out into an empty folder.
    /// </summary>
    /// <exception cref="GitException">The remote cannot be read, has no such commit, or the directory asked for is not in it.</exception>
    public async Task CheckoutAsync(GitFetchRequest request, GitRevision revision, string folder, CancellationToken cancellationToken)
    {
        var repository = await FetchAsync(request, revision, cancellationToken);
        using var environment = new GitEnvironment(request.Url, request.Credentials);
        var variables = new Dictionary<string, string?>(environment.Variables)
        {
            ["GIT_DIR"] = repository,
            ["GIT_WORK_TREE"] = Path.GetFullPath(folder),
            ["GIT_INDEX_FILE"] = Path.Combine(Path.GetFullPath(folder), ".git-index"),
        };
        Directory.CreateDirectory(folder);

        List<string> arguments = ["checkout", "--quiet", "--force", revision.Commit, "--"];
        var root = request.Directory.Length > 0 ? request.Directory : ".";
        var paths = request.SparseCheckout.Select(p => root == "." ? p.Trim('/') : $"{root}/{p.Trim('/')}").DefaultIfEmpty(root);
        arguments.AddRange(paths);
        var result = await _git.RunAsync(folder, arguments, variables, default, cancellationToken);
        if (!result.Succeeded)
        {
            throw Failed(request, "checkout", result);
        }

        if (request.RecurseSubmodules && File.Exists(Path.Combine(folder, ".gitmodules")))
        {
            await CheckoutSubmodulesAsync(request, revision, folder, variables, cancellationToken);
        }

        File.Delete(variables["GIT_INDEX_FILE"]!);
    }

    /// <summary>
    /// Makes sure that a commit's objects are in the cache.
    /// </summary>
    /// <returns>The bare repository that holds them.</returns>
    public async Task<string> FetchAsync(GitFetchRequest request, GitRevision revision, CancellationToken cancellationToken)
    {
        var repository = CacheFolder(request.Url);
        var gate = _locks.GetOrAdd(repository, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(Path.Combine(repository, "objects")))
            {
                await _git.RunAsync(null, ["init", "--quiet", "--bare", repository], cancellationToken);
            }

            if (!await HasCommitAsync(repository, revision.Commit, cancellationToken))
            {
                try
                {
                    await FetchObjectsAsync(request, revision, repository, cancellationToken);
                }
                catch (GitException e) when (IsBroken(e.Message))
                {
                    Discard(repository);
                    await _git.RunAsync(null, ["init", "--quiet", "--bare", repository], cancellationToken);
                    await FetchObjectsAsync(request, revision, repository, cancellationToken);
                }
            }

            return repository;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A commit as stored. It must have been fetched.</summary>
    /// <exception cref="GitException">The repository does not have it.</exception>
    public async Task<byte[]> ReadCommitAsync(string repository, string commit, CancellationToken cancellationToken)
    {
        var result = await _git.RunAsync(repository, ["cat-file", "commit", commit], cancellationToken);
        return result.Succeeded ? result.Output : throw new GitException($"git cat-file: {result.Error.Trim()}", GitFailure.ReferenceNotFound);
    }

    /// <summary>Fetches an annotated tag; the object is <see langword="null"/> for a tag that is only a name of its commit.</summary>
    /// <exception cref="GitException">The remote cannot be read, has no such tag, or the tag names another commit by now.</exception>
    public async Task<(string Id, byte[]? Content)> FetchTagAsync(GitFetchRequest request, string tag, string commit, CancellationToken cancellationToken)
    {
        var repository = CacheFolder(request.Url);
        var gate = _locks.GetOrAdd(repository, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            using var environment = new GitEnvironment(request.Url, request.Credentials);
            var local = $"refs/weir/tags/{tag}";
            var fetched = await _git.RunAsync(
                repository, ["fetch", "--quiet", "--no-tags", "--depth=1", request.Url, $"+refs/tags/{tag}:{local}"], environment.Variables, default, cancellationToken);
            if (!fetched.Succeeded)
            {
                throw Failed(request, "fetch", fetched);
            }

            var peeled = (await _git.RunAsync(repository, ["rev-parse", local + "^{commit}"], cancellationToken)).Text.Trim();
            if (peeled != commit)
            {
                throw new GitException($"the tag '{tag}' has moved to {peeled}", GitFailure.ReferenceNotFound);
            }

            var id = (await _git.RunAsync(repository, ["rev-parse", local], cancellationToken)).Text.Trim();
            return id == commit ? (id, null) : (id, (await _git.RunAsync(repository, ["cat-file", "tag", id], cancellationToken)).Output);
        }
        finally
        {
            gate.Release();
        }
    }

    // A git that died with its controller leaves locks and half-made repositories. It is a cache: a new one serves as well.
    private static bool IsBroken(string message) =>
        message.Contains(".lock': File exists", StringComparison.Ordinal)
        || message.Contains("not a git repository", StringComparison.Ordinal)
        || message.Contains("object corrupt", StringComparison.Ordinal)
        || message.Contains("bad object", StringComparison.Ordinal);

    private static void Discard(string repository)
    {
        var aside = $"{repository}.{Guid.NewGuid():n}";
        Directory.Move(repository, aside);
        try
        {
            Directory.Delete(aside, recursive: true);
        }
        catch (IOException)
        {
            // A git of before still writes to it.
        }
    }

    private async Task FetchObjectsAsync(GitFetchRequest request, GitRevision revision, string repository, CancellationToken cancellationToken)
    {
        using var environment = new GitEnvironment(request.Url, request.Credentials);
        var keep = $"refs/weir/{revision.Commit}";

        // The commit alone is the least to fetch, but a server may refuse to serve ids that no reference names.
        var result = await _git.RunAsync(
            repository, ["fetch", "--quiet", "--depth=1", "--no-tags", request.Url, $"+{revision.Commit}:{keep}"], environment.Variables, default, cancellationToken);
        if (result.Succeeded)
        {
            return;
        }

        var source = request.Reference switch
        {
            { Commit: not null, Branch: { } branch } => $"refs/heads/{branch}",
            { Commit: not null } => "refs/heads/*",
            { Name: { } name } => name,
            _ when request.Reference.SemVer is not null || request.Reference.Tag is not null => $"refs/tags/{revision.Name}",
            _ => $"refs/heads/{revision.Name}",
        };
        var target = source.Contains('*', StringComparison.Ordinal) ? "refs/weir/heads/*" : keep;
        List<string> arguments = ["fetch", "--quiet", "--no-tags"];
        if (request.Reference.Commit is null)
        {
            arguments.Add("--depth=1");
        }

        result = await _git.RunAsync(repository, [.. arguments, request.Url, $"+{source}:{target}"], environment.Variables, default, cancellationToken);
        if (!result.Succeeded)
        {
            throw Failed(request, "fetch", result);
        }

        if (!await HasCommitAsync(repository, revision.Commit, cancellationToken))
        {
            throw new GitException($"the repository has no commit {revision.Commit}", GitFailure.ReferenceNotFound);
        }
    }

    private async Task CheckoutSubmodulesAsync(
        GitFetchRequest request, GitRevision revision, string folder, Dictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        // Submodules want a work tree with a repository of its own beside it; relative URLs count from the remote.
        var own = Path.Combine(folder, ".git");
        var bare = variables["GIT_DIR"]!;
        try
        {
            await Require(request, await _git.RunAsync(folder, ["init", "--quiet"], cancellationToken));
            await File.WriteAllTextAsync(Path.Combine(own, "objects", "info", "alternates"), Path.Combine(bare, "objects") + "\n", cancellationToken);
            await Require(request, await _git.RunAsync(folder, ["remote", "add", "origin", request.Url], cancellationToken));
            await Require(request, await _git.RunAsync(folder, ["reset", "--quiet", "--hard", revision.Commit], cancellationToken));
            using var environment = new GitEnvironment(request.Url, request.Credentials);
            var result = await _git.RunAsync(
                folder, ["-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--recursive"], environment.Variables, default, cancellationToken);
            await Require(request, result);
        }
        finally
        {
            if (Directory.Exists(own))
            {
                Directory.Delete(own, recursive: true);
            }
        }

        static Task Require(GitFetchRequest request, GitResult result) =>
            result.Succeeded ? Task.CompletedTask : throw Failed(request, "submodule", result);
    }

    private async Task<GitRevision> ResolveRangeAsync(GitFetchRequest request, string range, CancellationToken cancellationToken)
    {
        if (!VersionConstraint.TryParse(range, out var constraint, out var error))
        {
            throw new GitException($"semver parse error: {error}", GitFailure.InvalidRequest);
        }

        const string Prefix = "refs/tags/";
        var tags = await ListRemoteAsync(request, [Prefix + "*"], cancellationToken);
        (SemanticVersion Version, string Tag)? best = null;
        foreach (var tag in tags.Keys.Where(k => !k.EndsWith("^{}", StringComparison.Ordinal)).Select(k => k[Prefix.Length..]))
        {
            if (SemanticVersion.TryParse(tag, out var version) && constraint.Check(version)
                && (best is null || version.CompareTo(best.Value.Version) > 0))
            {
                best = (version, tag);
            }
        }

        if (best is not { } match)
        {
            throw new GitException($"no match found for semver: {range}", GitFailure.ReferenceNotFound);
        }

        var full = Prefix + match.Tag;
        return new GitRevision(match.Tag, tags.GetValueOrDefault(full + "^{}") ?? tags[full]);
    }

    private async Task<Dictionary<string, string>> ListRemoteAsync(GitFetchRequest request, string[] patterns, CancellationToken cancellationToken)
    {
        using var environment = new GitEnvironment(request.Url, request.Credentials);
        var result = await _git.RunAsync(null, ["ls-remote", "--quiet", request.Url, .. patterns], environment.Variables, default, cancellationToken);
        if (!result.Succeeded)
        {
            throw Failed(request, "ls-remote", result);
        }

        return result.Lines.Select(line => line.Split('\t', 2)).Where(p => p.Length == 2).ToDictionary(p => p[1], p => p[0]);
    }

    private async Task<bool> HasCommitAsync(string repository, string commit, CancellationToken cancellationToken) =>
        (await _git.RunAsync(repository, ["cat-file", "-e", commit + "^{tree}"], cancellationToken)).Succeeded;

    private static GitException Failed(GitFetchRequest request, string step, GitResult result)
    {
        var message = Redact(request, result.Error.Trim());
        var failure = message switch
        {
            _ when message.Contains("Authentication failed", StringComparison.Ordinal)
                || message.Contains("could not read Username", StringComparison.Ordinal)
                || message.Contains("Permission denied", StringComparison.Ordinal)
                || message.Contains("error: 401", StringComparison.Ordinal)
                || message.Contains("error: 403", StringComparison.Ordinal) => GitFailure.Unauthorized,
            _ when message.Contains("couldn't find remote ref", StringComparison.Ordinal)
                || message.Contains("did not match any file", StringComparison.Ordinal) => GitFailure.ReferenceNotFound,
            _ => GitFailure.Unreachable,
        };
        return new GitException($"git {step}: {message}", failure);
    }

    private static string Redact(GitFetchRequest request, string message)
    {
        foreach (var secret in new[] { request.Credentials?.Password, request.Credentials?.BearerToken })
        {
            if (!string.IsNullOrEmpty(secret))
            {
                message = message.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        return Uri.TryCreate(request.Url, UriKind.Absolute, out var url) && url.UserInfo.Contains(':', StringComparison.Ordinal)
            ? message.Replace(url.UserInfo, "***", StringComparison.Ordinal)
            : message;
    }

    private string CacheFolder(string url) =>
        Path.Combine(_cache, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..24] + ".git");
}
