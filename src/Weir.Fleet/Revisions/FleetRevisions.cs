using Weir.Sources;
using Weir.Sources.Files;
using Weir.Sources.Git;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Finds the states of a fleet in a Git repository: revisions are read from Git's objects, nothing is checked out.</summary>
public sealed class FleetRevisions : IDisposable
{
    private readonly GitProgram _git;
    private readonly GitObjects _objects;
    private readonly string _folder;

    private FleetRevisions(GitProgram git, string folder, string prefix, string? url)
    {
        _git = git;
        _objects = new GitObjects(git, folder);
        _folder = folder;
        Folder = prefix;
        Url = url;
    }

    /// <summary>The address of the remote <c>origin</c>, or <see langword="null"/>.</summary>
    public string? Url { get; }

    /// <summary>The fleet's root below the root of the repository; empty when it is the same.</summary>
    public string Folder { get; }

    /// <summary>Opens the repository that a folder lies in; the folder is the fleet's root.</summary>
    /// <exception cref="FleetException">It lies in no repository.</exception>
    public static async Task<FleetRevisions> OpenAsync(string folder, GitProgram git, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(git);
        if (!Directory.Exists(folder))
        {
            throw new FleetException($"{folder} is no directory");
        }

        var inside = await git.RunAsync(folder, ["rev-parse", "--show-prefix"], cancellationToken).ConfigureAwait(false);
        if (!inside.Succeeded)
        {
            throw new FleetException($"{folder} is not inside a Git repository; make it one with 'git init' and a first commit");
        }

        var origin = await git.RunAsync(folder, ["remote", "get-url", "origin"], cancellationToken).ConfigureAwait(false);
        return new FleetRevisions(git, Path.GetFullPath(folder), inside.Text.Trim().Trim('/'), origin.Succeeded ? origin.Text.Trim() : null);
    }

    /// <summary>The fleet at a revision.</summary>
    /// <exception cref="FleetException">There is no such revision, or the fleet's folder is not in it.</exception>
    public async Task<FleetSide> AtAsync(string revision, CancellationToken cancellationToken)
    {
        var commit = await CommitAsync(revision, cancellationToken).ConfigureAwait(false);
        if (commit is null)
        {
            var hint = await IsShallowAsync(cancellationToken).ConfigureAwait(false)
                ? "the clone is shallow: fetch more of it, for instance with 'git fetch --unshallow', or set GIT_DEPTH: 0 in GitLab CI and fetch-depth: 0 in GitHub Actions"
                : "see 'git branch --all' and 'git tag' for what there is, or fetch it first";
            throw new FleetException($"the repository has no revision '{revision}'; {hint}");
        }

        try
        {
            return new(revision, commit, await _objects.TreeAsync(commit, Folder, cancellationToken).ConfigureAwait(false));
        }
        catch (SourceException)
        {
            throw new FleetException($"the revision '{revision}' has no directory '{Folder}'");
        }
    }

    /// <summary>The files of another revision that a GitRepository names, as far as this clone has it; else <see langword="null"/>.</summary>
    public async Task<IFileTree?> FindAsync(GitReference reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        foreach (var name in NamesOf(reference))
        {
            if (await CommitAsync(name, cancellationToken).ConfigureAwait(false) is { } commit)
            {
                return await _objects.TreeAsync(commit, "", cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>The files as they lie in the work tree, committed or not.</summary>
    public FleetSide WorkTree() => new("work tree", "", new DiskFileTree(_folder));

    /// <summary>Where the work of the current head left the default branch.</summary>
    /// <exception cref="FleetException">There is no default branch, or no common commit.</exception>
    public async Task<string> MergeBaseAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await DefaultBranchesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await CommitAsync(name, cancellationToken).ConfigureAwait(false) is null)
            {
                continue;
            }

            var result = await _git.RunAsync(_folder, ["merge-base", name, "HEAD"], cancellationToken).ConfigureAwait(false);
            if (result.Succeeded)
            {
                return result.Text.Trim();
            }

            throw new FleetException(
                $"'{name}' and the current head have no commit in common"
                + (await IsShallowAsync(cancellationToken).ConfigureAwait(false) ? "; the clone is shallow: fetch the whole history, for instance with 'git fetch --unshallow'" : ""));
        }

        throw new FleetException("the default branch is not known; name the base with --from");
    }

    public void Dispose() => _objects.Dispose();

    private async Task<IEnumerable<string>> DefaultBranchesAsync(CancellationToken cancellationToken)
    {
        var head = await _git.RunAsync(_folder, ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"], cancellationToken).ConfigureAwait(false);
        return head.Succeeded ? [head.Text.Trim()] : ["origin/main", "origin/master", "main", "master"];
    }

    // What the remote has counts before what is only here. Which tag a range means is for the remote to say.
    private static IEnumerable<string> NamesOf(GitReference reference)
    {
        const string heads = "refs/heads/";
        const string remote = "refs/remotes/origin/";
        return reference switch
        {
            { Commit: { } commit } => [commit],
            { Name: { } name } => name.StartsWith(heads, StringComparison.Ordinal) ? [remote + name[heads.Length..], name] : [name],
            { SemVer: not null } => [],
            { Tag: { } tag } => ["refs/tags/" + tag],
            { Branch: { } branch } => [remote + branch, heads + branch],
            _ => [remote + "master", heads + "master"],
        };
    }

    private async Task<string?> CommitAsync(string revision, CancellationToken cancellationToken)
    {
        // A revision may not be taken for an option.
        var result = await _git.RunAsync(
            _folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellationToken).ConfigureAwait(false);
        return result.Succeeded ? result.Text.Trim().Split('\n')[^1] : null;
    }

    private async Task<bool> IsShallowAsync(CancellationToken cancellationToken)
    {
        var result = await _git.RunAsync(_folder, ["rev-parse", "--is-shallow-repository"], cancellationToken).ConfigureAwait(false);
        return result.Succeeded && result.Text.Trim() == "true";
    }
}
