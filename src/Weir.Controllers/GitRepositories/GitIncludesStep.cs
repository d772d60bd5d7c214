using System.Formats.Tar;
using System.IO.Compression;
using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Copies the artifacts of other repositories into this one.</summary>
internal static class GitIncludesStep
{
    /// <summary>The artifacts of the included repositories, in order.</summary>
    public static async Task<(IReadOnlyList<MapValue> Artifacts, SourceOutcome? Outcome)> FindAsync(
        SourceServices services,
        SourceRun run,
        GitRepository repository,
        CancellationToken cancellationToken)
    {
        var artifacts = new List<MapValue>();
        foreach (var include in repository.Spec.Include ?? [])
        {
            var name = include.Repository?.Name ?? "";
            var other = await services.Client.FindAsync(GitRepository.Kind, repository.Metadata.Namespace, name, cancellationToken).ConfigureAwait(false);
            if (other is null)
            {
                return ([], Wait(services, run, SourceReasons.NotFound,
                    $"could not get resource for include '{name}': gitrepositories.source.toolkit.fluxcd.io \"{name}\" not found"));
            }

            if (other.At("status", "artifact") is not MapValue artifact)
            {
                return ([], Wait(services, run, SourceReasons.NoArtifact, $"no artifact available for include '{name}'"));
            }

            artifacts.Add(artifact);
        }

        run.Conditions.Remove(ConditionTypes.IncludeUnavailable);
        if (!AreSame(run.Object.Status.GetList("includedArtifacts"), artifacts))
        {
            const string message = "included artifacts differ from last observed includes";
            if (run.Object.Status.GetList("includedArtifacts") is not null)
            {
                run.Conditions.SetTrue(ConditionTypes.ArtifactOutdated, SourceReasons.IncludeChange, message);
            }

            run.Progress(replaceReady: true, $"building artifact: {message}");
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        }

        run.Conditions.Remove(ConditionTypes.ArtifactOutdated);
        return (artifacts, null);
    }

    /// <summary>True when the artifacts are those that were included last.</summary>
    public static bool AreSame(ListValue? observed, IReadOnlyList<MapValue> artifacts)
    {
        if ((observed?.Count ?? 0) != artifacts.Count)
        {
            return false;
        }

        for (var i = 0; i < artifacts.Count; i++)
        {
            if (observed![i] is not MapValue known
                || known.GetString("revision") != artifacts[i].GetString("revision")
                || known.GetString("digest") != artifacts[i].GetString("digest"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Copies the files; <see langword="null"/> when all went well.</summary>
    public static SourceOutcome? Copy(SourceServices services, SourceRun run, GitRepository repository, IReadOnlyList<MapValue> artifacts, string folder)
    {
        var includes = repository.Spec.Include;
        for (var i = 0; i < artifacts.Count; i++)
        {
            var include = includes![i];
            var name = include.Repository?.Name ?? "";
            var to = string.IsNullOrEmpty(include.ToPath) ? name : include.ToPath;
            var target = FilePath.Combine("", to.TrimStart('/'));
            if (target is null)
            {
                return Fail(run, SourceReasons.IllegalPath, $"path calculation for include '{name}' failed: '{to}' leaves the artifact");
            }

            try
            {
                using var file = services.Store.Open(artifacts[i].GetString("path") ?? "")
                    ?? throw new IOException("the artifact is not in storage");
                var source = FilePath.Combine("", (include.FromPath ?? "").TrimStart('/')) ?? "";
                var tree = TarGz.Read(file);
                foreach (var path in tree.Paths)
                {
                    if (FilePath.IsWithin(path, source) && path.Length > source.Length)
                    {
                        var relative = source.Length == 0 ? path : path[(source.Length + 1)..];
                        var full = Path.Combine(folder, target, relative);
                        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                        File.WriteAllBytes(full, tree.TryRead(path)!.Value.ToArray());
                    }
                }
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                return Fail(run, SourceReasons.CopyFailure, $"failed to copy '{name}' include from {include.FromPath ?? "/"} to {to}: {e.Message}");
            }
        }

        run.Conditions.Remove(ConditionTypes.IncludeUnavailable);
        return null;
    }

    private static SourceOutcome Wait(SourceServices services, SourceRun run, string reason, string message)
    {
        run.Conditions.SetTrue(ConditionTypes.IncludeUnavailable, reason, message);
        return SourceOutcome.Waiting(reason, message) with { After = services.DependencyRetry };
    }

    private static SourceOutcome Fail(SourceRun run, string reason, string message)
    {
        run.Fail(ConditionTypes.StorageOperationFailed, reason, message);
        return SourceOutcome.Failed(reason, message);
    }
}
