using System.Security.Cryptography;
using System.Text;
using Weir.Flux;
using Weir.Sources;
using Weir.Sources.Buckets;
using Weir.Sources.Files;
using Weir.Sources.Mirrors;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Finds out what a bucket, or its mirror, holds.</summary>
internal static class BucketFetchStep
{
    private const string IgnoreFile = ".sourceignore";
    private const int FetchesAtOnce = 16;

    /// <summary>Where a mirror finds the bucket: <c>https://ENDPOINT/BUCKET</c>, or <c>http</c> when it is insecure.</summary>
    public static string UrlOf(BucketSpec spec) => $"{(spec.Insecure == true ? "http" : "https")}://{spec.Endpoint}/{spec.BucketName}";

    public static async Task<BucketFetch> RunAsync(SourceServices services, RemoteSources remotes, SourceRun run, Bucket bucket, CancellationToken cancellationToken)
    {
        if (remotes.Mirrors.Find(UrlOf(bucket.Spec)) is { } mirror)
        {
            return FromMirror(run, bucket, mirror);
        }

        var (target, refusal) = await BucketAccessStep.RunAsync(services, run, bucket, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new() { Outcome = refusal };
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(bucket.Spec.Timeout ?? new FluxDuration(TimeSpan.FromSeconds(60)));
        try
        {
            return await FromStorageAsync(remotes.Buckets, run, bucket, target!, limit.Token).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return Failed(run, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(run, "context deadline exceeded");
        }
    }

    private static async Task<BucketFetch> FromStorageAsync(S3Client storage, SourceRun run, Bucket bucket, S3Bucket target, CancellationToken cancellationToken)
    {
        var name = bucket.Spec.BucketName;
        try
        {
            if (!await storage.ExistsAsync(target, cancellationToken).ConfigureAwait(false))
            {
                return Failed(run, $"bucket '{name}' not found");
            }
        }
        catch (SourceException e)
        {
            return Failed(run, $"failed to confirm existence of '{name}' bucket: {e.Message}");
        }

        var patterns = new IgnorePatterns();
        if (await storage.FindAsync(target, IgnoreFile, cancellationToken).ConfigureAwait(false) is { } ignore)
        {
            patterns.Add(Encoding.UTF8.GetString(ignore.Content));
        }

        if (bucket.Spec.Ignore is { } more)
        {
            patterns.Add(more);
        }

        IReadOnlyList<S3Object> listed;
        try
        {
            listed = await storage.ListAsync(target, bucket.Spec.Prefix ?? "", cancellationToken).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return Failed(run, $"indexation of objects from bucket '{name}' failed: listing objects from bucket '{name}' failed: {e.Message}");
        }

        var kept = listed.Where(o => !o.Key.EndsWith('/') && o.Key != IgnoreFile && !patterns.IsExcluded(o.Key, isDirectory: false))
            .OrderBy(static o => o.Key, StringComparer.Ordinal).ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var one in kept)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{one.Key} {one.Tag}\n"));
        }

        run.Conditions.Remove(ConditionTypes.FetchFailed);
        return new()
        {
            Revision = "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()),
            Keys = [.. kept.Select(static o => o.Key)],
            Fill = (folder, cancellation) => DownloadAsync(storage, target, kept, folder, cancellation),
        };
    }

    private static async Task<string?> DownloadAsync(S3Client storage, S3Bucket target, List<S3Object> objects, string folder, CancellationToken cancellationToken)
    {
        string? problem = null;
        await Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = FetchesAtOnce, CancellationToken = cancellationToken }, async (one, cancellation) =>
        {
            try
            {
                if (FilePath.Combine("", one.Key) is not { Length: > 0 } path)
                {
                    problem = $"failed to resolve path for '{one.Key}' object: it leads out of the bucket";
                }
                else if (await storage.FindAsync(target, one.Key, cancellation).ConfigureAwait(false) is not { } found || found.Tag != one.Tag)
                {
                    problem = $"the object '{one.Key}' changed while the bucket was read";
                }
                else
                {
                    var file = Path.Combine(folder, path);
                    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                    await File.WriteAllBytesAsync(file, found.Content, cancellation).ConfigureAwait(false);
                }
            }
            catch (SourceException e)
            {
                problem = $"failed to get '{one.Key}' object: {e.Message}";
            }
        }).ConfigureAwait(false);
        return problem is null ? null : $"fetch from bucket '{target.Name}' failed: {problem}";
    }

    private static BucketFetch FromMirror(SourceRun run, Bucket bucket, MirrorMatch mirror)
    {
        if (mirror.Form is not (MirrorForm.Directory or MirrorForm.Repository))
        {
            return Failed(run, $"the mirror of {mirror.Mirror.Prefix} has no directory at '{mirror.Path}'");
        }

        var tree = new DiskFileTree(mirror.Path);
        var patterns = IgnorePatterns.ForTree(tree, bucket.Spec.Ignore);
        var keys = new List<string>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Collect(tree, "", patterns, bucket.Spec.Prefix ?? "", keys, hash);
        run.Conditions.Remove(ConditionTypes.FetchFailed);
        return new()
        {
            Revision = "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()),
            Keys = keys,
            Mirror = mirror,
            Fill = (folder, _) =>
            {
                foreach (var key in keys)
                {
                    var target = Path.Combine(folder, key);
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.Copy(Path.Combine(mirror.Path, key), target);
                }

                return Task.FromResult<string?>(null);
            },
        };
    }

    private static BucketFetch Failed(SourceRun run, string message) => new()
    {
        Outcome = run.FailStep(ConditionTypes.FetchFailed, SourceReasons.BucketOperationFailed, message),
    };

    private static void Collect(DiskFileTree tree, string folder, IgnorePatterns patterns, string prefix, List<string> keys, IncrementalHash hash)
    {
        foreach (var entry in tree.List(folder))
        {
            var key = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry.IsDirectory)
            {
                Collect(tree, key, patterns, prefix, keys, hash);
            }
            else if (key.StartsWith(prefix, StringComparison.Ordinal) && !patterns.IsExcluded(key, isDirectory: false) && tree.TryRead(key) is { } content)
            {
                keys.Add(key);
                hash.AppendData(Encoding.UTF8.GetBytes($"{key} {Convert.ToHexStringLower(SHA256.HashData(content.Span))}\n"));
            }
        }
    }
}
