using System.Security.Cryptography;
using System.Text;
using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Asks the remote (or its mirror) for the commit, and checks it out unless nothing changed.</summary>
internal static class GitCheckoutStep
{
    private const int LongestSubject = 50;

    public static async Task<GitCheckout> RunAsync(
        GitClient git,
        SourceMirrors mirrors,
        SourceRun run,
        GitRepository repository,
        GitCredentials? credentials,
        IReadOnlyList<MapValue> includes,
        string folder,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(repository.Spec.Timeout ?? new FluxDuration(TimeSpan.FromSeconds(60)));
        var mirror = mirrors.Find(repository.Spec.Url);
        var request = Request(repository, credentials, mirror);
        try
        {
            if (mirror is { Form: MirrorForm.Directory })
            {
                return FromDirectory(run, repository, includes, mirror, folder);
            }

            var revision = await git.ResolveAsync(request, limit.Token).ConfigureAwait(false);
            if (Unchanged(run, repository, includes, revision.ToString()) is { } skipped)
            {
                return new() { Outcome = skipped };
            }

            var bare = await git.FetchAsync(request, revision, limit.Token).ConfigureAwait(false);
            await git.CheckoutAsync(request, revision, folder, limit.Token).ConfigureAwait(false);
            var subject = await new GitProgram().RunAsync(bare, ["log", "-1", "--format=%B", revision.Commit, "--"], limit.Token).ConfigureAwait(false);
            run.Conditions.Remove(ConditionTypes.FetchFailed);
            var root = request.Directory.Length == 0 ? folder : Path.Combine(folder, request.Directory);
            if (!Directory.Exists(root))
            {
                return Fail(run, $"the mirror of {mirror!.Mirror.Prefix} has no directory '{request.Directory}' at {revision}");
            }

            return CheckSparse(run, repository, root) ?? new()
            {
                Revision = revision.ToString(),
                Commit = revision.Commit,
                Tag = TagOf(request.Reference, revision),
                Request = request,
                Subject = Shorten(subject.Text),
                Folder = root,
                Repository = bare,
                Mirror = mirror,
            };
        }
        catch (GitException e)
        {
            return Fail(run, GitFailureText.Describe(request, e, run.Artifact is not null));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(run, "context deadline exceeded");
        }
    }

    /// <summary>True when the artifact holds what these settings ask for.</summary>
    public static bool IsSameContent(SourceRun run, GitRepository repository, IReadOnlyList<MapValue> includes)
    {
        var status = run.Object.Status;
        var spec = run.Object.Value.GetMap("spec") ?? [];
        return Value.DeepEquals(spec["ignore"], status["observedIgnore"])
            && (spec.GetBool("recurseSubmodules") ?? false) == (status.GetBool("observedRecurseSubmodules") ?? false)
            && SameList(spec.GetList("include"), status.GetList("observedInclude"))
            && SameList(spec.GetList("sparseCheckout"), status.GetList("observedSparseCheckout"))
            && GitIncludesStep.AreSame(status.GetList("includedArtifacts"), includes);
    }

    private static bool SameList(ListValue? left, ListValue? right) =>
        (left?.Count ?? 0) == 0 ? (right?.Count ?? 0) == 0 : Value.DeepEquals(left, right);

    private static GitFetchRequest Request(GitRepository repository, GitCredentials? credentials, MirrorMatch? mirror) => new()
    {
        Url = mirror?.Path ?? repository.Spec.Url,
        Reference = Weir.Sources.Git.GitReference.Of(repository.Spec.Ref),
        Credentials = mirror is null ? credentials : null,
        RecurseSubmodules = repository.Spec.RecurseSubmodules == true,
        SparseCheckout = repository.Spec.SparseCheckout?.Select(static p => p.StartsWith("./", StringComparison.Ordinal) ? p[2..] : p).ToArray() ?? [],
        Directory = mirror?.Mirror.Directory ?? "",
    };

    private static string TagOf(Weir.Sources.Git.GitReference reference, GitRevision revision)
    {
        const string tags = "refs/tags/";
        return reference switch
        {
            { Commit: not null } => "",
            { Name: { } name } => name.StartsWith(tags, StringComparison.Ordinal) ? name[tags.Length..] : "",
            { SemVer: not null } or { Tag: not null } => revision.Name,
            _ => "",
        };
    }

    private static SourceOutcome? Unchanged(SourceRun run, GitRepository repository, IReadOnlyList<MapValue> includes, string revision)
    {
        if (run.Revision != revision || !run.Conditions.IsTrue(ConditionTypes.ArtifactInStorage) || !GitVerificationStep.IsVerified(run, repository) || !IsSameContent(run, repository, includes))
        {
            return null;
        }

        run.Conditions.Remove(ConditionTypes.FetchFailed);
        run.Conditions.SetTrue(ConditionTypes.ArtifactInStorage, Reasons.Succeeded, $"stored artifact for revision '{revision}'");
        return SourceOutcome.Skipped(SourceReasons.GitOperationSucceeded, $"no changes since last reconciliation: observed revision '{revision}'");
    }

    private static GitCheckout? CheckSparse(SourceRun run, GitRepository repository, string root)
    {
        foreach (var path in repository.Spec.SparseCheckout ?? [])
        {
            if (!Directory.Exists(Path.Combine(root, path)))
            {
                return Fail(run, $"failed to sparse checkout directories : sparse checkout dir '{path}' does not exist in repository", isPrefixed: true);
            }
        }

        return null;
    }

    // A folder that is no repository has no commits: its revision is the checksum of what it holds.
    private static GitCheckout FromDirectory(SourceRun run, GitRepository repository, IReadOnlyList<MapValue> includes, MirrorMatch mirror, string folder)
    {
        var root = Path.Combine(mirror.Path, mirror.Mirror.Directory);
        if (!Directory.Exists(root))
        {
            return Fail(run, $"the mirror '{root}' does not exist");
        }

        CopyFolder(root, folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        Hash(hash, new DiskFileTree(folder), "");
        var commit = Convert.ToHexStringLower(hash.GetHashAndReset());
        var revision = $"worktree@sha1:{commit}";
        if (Unchanged(run, repository, includes, revision) is { } skipped)
        {
            return new() { Outcome = skipped };
        }

        run.Conditions.Remove(ConditionTypes.FetchFailed);
        return new() { Revision = revision, Commit = commit, Subject = revision, Folder = folder, Mirror = mirror };
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var directory in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(directory) != ".git")
            {
                CopyFolder(directory, Path.Combine(to, Path.GetFileName(directory)));
            }
        }

        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static void Hash(IncrementalHash hash, IFileTree tree, string folder)
    {
        foreach (var entry in tree.List(folder))
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry.IsDirectory)
            {
                Hash(hash, tree, path);
            }
            else if (tree.TryRead(path) is { } content)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{content.Length}\0"));
                hash.AppendData(content.Span);
            }
        }
    }

    private static string Shorten(string message)
    {
        var subject = message.Split('\n')[0];
        return subject.Length > LongestSubject ? subject[..LongestSubject] + "..." : subject;
    }

    private static GitCheckout Fail(SourceRun run, string message, bool isPrefixed = false)
    {
        message = isPrefixed ? message : $"failed to checkout and determine revision: {message}";
        run.Fail(ConditionTypes.FetchFailed, SourceReasons.GitOperationFailed, message);
        return new() { Outcome = SourceOutcome.Failed(SourceReasons.GitOperationFailed, message) };
    }
}
