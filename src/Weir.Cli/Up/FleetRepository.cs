using System.Security.Cryptography;
using System.Text;
using Weir.Sources.Git;

namespace Weir.Cli.Up;

/// <summary>
/// The repository that <c>weir up</c> runs: a directory of a work tree, a bare repository or a URL. Its commits are read
/// through a bare repository of our own beside the state, which borrows the objects of a local one: the user's repository
/// is never written to.
/// </summary>
internal sealed class FleetRepository
{
    private const string DefaultBranch = "main";

    private readonly GitProgram _git;
    private readonly string? _localGitDirectory;
    private readonly string? _workTree;

    private FleetRepository(GitProgram git, string url, string? localGitDirectory, string? workTree, string directory, string branch, string state)
    {
        _git = git;
        _localGitDirectory = localGitDirectory;
        _workTree = workTree;
        Url = url;
        Directory = directory;
        Branch = branch;
        BareRepository = Path.Combine(state, "repository.git");
    }

    /// <summary>What the GitRepository object names: the remote of a local repository, or the URL given.</summary>
    public string Url { get; }

    /// <summary>The directory of the repository that is the fleet's root; empty for the repository's root.</summary>
    public string Directory { get; }

    public string Branch { get; }

    /// <summary>Where the objects of the fleet's commits are found.</summary>
    public string BareRepository { get; }

    /// <summary>True when the repository lies on this machine, so that its changes are seen at once.</summary>
    public bool IsLocal => _localGitDirectory is not null;

    /// <summary>Finds out what REPO means.</summary>
    /// <exception cref="CommandFailure">It is no repository, or one without a commit.</exception>
    public static async Task<FleetRepository> OpenAsync(string repo, string? branch, string state, GitProgram git, CancellationToken cancellationToken)
    {
        if (repo.Contains("://", StringComparison.Ordinal))
        {
            return new FleetRepository(git, repo, null, null, "", branch ?? await RemoteHeadAsync(git, repo, cancellationToken), state);
        }

        if (!System.IO.Directory.Exists(repo))
        {
            throw new CommandFailure($"{repo} is no directory and no URL");
        }

        var inside = await git.RunAsync(repo, ["rev-parse", "--absolute-git-dir", "--is-bare-repository", "--show-prefix"], cancellationToken);
        if (!inside.Succeeded)
        {
            throw new CommandFailure($"{repo} is not inside a Git repository; make it one with 'git init' and a first commit");
        }

        var lines = inside.Text.Split('\n');
        var isBare = lines[1] == "true";
        var prefix = lines.Length > 2 ? lines[2].Trim('/') : "";
        var workTree = isBare ? null : (await git.RunAsync(repo, ["rev-parse", "--show-toplevel"], cancellationToken)).Text;
        branch ??= (await git.RunAsync(repo, ["symbolic-ref", "--quiet", "--short", "HEAD"], cancellationToken)).Text is { Length: > 0 } b ? b : DefaultBranch;
        var origin = await git.RunAsync(repo, ["remote", "get-url", "origin"], cancellationToken);
        var url = origin.Succeeded ? AsUrl(origin.Text) : null;
        url ??= $"https://weir.invalid/{Path.GetFileName(workTree ?? lines[0].TrimEnd('/'))}";
        return new FleetRepository(git, url, lines[0], workTree, prefix, branch, state);
    }

    /// <summary>
    /// Brings the own repository up to the newest commit, with the uncommitted files as a commit on top when asked.
    /// </summary>
    /// <returns>The commit, also when nothing is new.</returns>
    public async Task<string> UpdateAsync(bool includeWorktree, CancellationToken cancellationToken)
    {
        if (!System.IO.Directory.Exists(BareRepository))
        {
            await RunAsync(null, ["init", "--quiet", "--bare", $"--initial-branch={Branch}", BareRepository], cancellationToken);
        }

        string commit;
        if (_localGitDirectory is not null)
        {
            await BorrowObjectsAsync(cancellationToken);
            commit = await LocalHeadAsync(cancellationToken);
            if (includeWorktree && _workTree is not null)
            {
                commit = await SnapshotAsync(commit, cancellationToken);
            }

            await RunAsync(BareRepository, ["update-ref", $"refs/heads/{Branch}", commit], cancellationToken);
            return commit;
        }

        await RunAsync(BareRepository, ["fetch", "--quiet", "--depth=1", "--no-tags", Url, $"+refs/heads/{Branch}:refs/heads/{Branch}"], cancellationToken);
        return (await RunAsync(BareRepository, ["rev-parse", $"refs/heads/{Branch}"], cancellationToken)).Text;
    }

    /// <summary>The names of the directories below a directory of the fleet, at a commit.</summary>
    public async Task<IReadOnlyList<string>> DirectoriesAsync(string commit, string directory, CancellationToken cancellationToken)
    {
        var path = Join(directory);
        var result = await _git.RunAsync(BareRepository, ["ls-tree", "-d", "--name-only", "-z", $"{commit}:{path}"], cancellationToken);
        return result.Succeeded
            ? [.. Encoding.UTF8.GetString(result.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries)]
            : [];
    }

    /// <summary>A file of the fleet at a commit, or <see langword="null"/>.</summary>
    public async Task<string?> ReadAsync(string commit, string path, CancellationToken cancellationToken)
    {
        var result = await _git.RunAsync(BareRepository, ["cat-file", "blob", $"{commit}:{Join(path)}"], cancellationToken);
        return result.Succeeded ? Encoding.UTF8.GetString(result.Output) : null;
    }

    /// <summary>A name for this repository and directory that stays the same from run to run.</summary>
    public static string StateName(string repo)
    {
        var full = repo.Contains("://", StringComparison.Ordinal) ? repo : Path.GetFullPath(repo);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..8];
        return $"{Path.GetFileName(full.TrimEnd('/'))}-{hash}";
    }

    /// <summary>An address in the form Flux accepts, or <see langword="null"/> when there is none: <c>git@host:path</c> becomes <c>ssh://</c>.</summary>
    internal static string? AsUrl(string address)
    {
        if (address.Contains("://", StringComparison.Ordinal))
        {
            return address.StartsWith("http", StringComparison.Ordinal) || address.StartsWith("ssh", StringComparison.Ordinal) ? WithoutPassword(address) : null;
        }

        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !address.StartsWith('/') && !address.StartsWith('.')
            ? $"ssh://{address[..colon]}/{address[(colon + 1)..].TrimStart('/')}"
            : null;
    }

    private static string WithoutPassword(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Contains(':', StringComparison.Ordinal)
            ? url.Replace(parsed.UserInfo + "@", "", StringComparison.Ordinal)
            : url;

    private async Task<string> LocalHeadAsync(CancellationToken cancellationToken)
    {
        foreach (var name in new[] { $"refs/heads/{Branch}", "HEAD" })
        {
            var result = await _git.RunAsync(_localGitDirectory, ["rev-parse", "--verify", "--quiet", name + "^{commit}"], cancellationToken);
            if (result.Succeeded)
            {
                return result.Text;
            }
        }

        throw new CommandFailure($"the repository has no commit on branch {Branch}; commit once, or name a branch with --branch");
    }

    private async Task BorrowObjectsAsync(CancellationToken cancellationToken)
    {
        var common = await RunAsync(_localGitDirectory, ["rev-parse", "--git-common-dir"], cancellationToken);
        var objects = Path.Combine(Path.GetFullPath(common.Text, _localGitDirectory!), "objects");
        var alternates = Path.Combine(BareRepository, "objects", "info", "alternates");
        if (!File.Exists(alternates) || await File.ReadAllTextAsync(alternates, cancellationToken) != objects + "\n")
        {
            await File.WriteAllTextAsync(alternates, objects + "\n", cancellationToken);
        }
    }

    /// <summary>The work tree as a commit in our own repository; the head itself when nothing is uncommitted.</summary>
    private async Task<string> SnapshotAsync(string head, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?>
        {
            ["GIT_DIR"] = BareRepository,
            ["GIT_WORK_TREE"] = _workTree,
            ["GIT_INDEX_FILE"] = Path.Combine(BareRepository, "worktree-index"),
        };
        await RunAsync(_workTree, ["add", "--all", "."], cancellationToken, environment);
        var tree = (await RunAsync(_workTree, ["write-tree"], cancellationToken, environment)).Text;
        var committed = (await RunAsync(BareRepository, ["rev-parse", head + "^{tree}"], cancellationToken)).Text;
        if (tree == committed)
        {
            return head;
        }

        // The same files on the same head are the same commit: name and dates are fixed.
        var identity = new Dictionary<string, string?>
        {
            ["GIT_AUTHOR_NAME"] = "weir", ["GIT_AUTHOR_EMAIL"] = "weir@localhost", ["GIT_AUTHOR_DATE"] = "@0 +0000",
            ["GIT_COMMITTER_NAME"] = "weir", ["GIT_COMMITTER_EMAIL"] = "weir@localhost", ["GIT_COMMITTER_DATE"] = "@0 +0000",
        };
        return (await RunAsync(BareRepository, ["commit-tree", tree, "-p", head, "-m", "uncommitted files"], cancellationToken, identity)).Text;
    }

    private async Task<GitResult> RunAsync(
        string? directory, string[] arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var result = await _git.RunAsync(directory, arguments, environment, default, cancellationToken);
        return result.Succeeded ? result : throw new CommandFailure($"git {arguments[0]}: {result.Error.Trim()}");
    }

    private static async Task<string> RemoteHeadAsync(GitProgram git, string url, CancellationToken cancellationToken)
    {
        var result = await git.RunAsync(null, ["ls-remote", "--symref", url, "HEAD"], cancellationToken);
        if (!result.Succeeded)
        {
            throw new CommandFailure($"cannot read {url}: {result.Error.Trim()}");
        }

        const string Prefix = "ref: refs/heads/";
        var line = result.Lines.FirstOrDefault(l => l.StartsWith(Prefix, StringComparison.Ordinal));
        return line is null ? DefaultBranch : line[Prefix.Length..].Split('\t')[0];
    }

    private string Join(string path) => Directory.Length == 0 ? path : path.Length == 0 ? Directory : $"{Directory}/{path}";
}
