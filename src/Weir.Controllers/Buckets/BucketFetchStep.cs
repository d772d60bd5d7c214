using System.Security.Cryptography;
using System.Text;
using Weir.Flux;
using Weir.Sources.Files;
using Weir.Sources.Mirrors;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Reads what a bucket holds. Buckets are read from mirrors only: no client of an object storage is here yet.</summary>
internal static class BucketFetchStep
{
    /// <summary>Where a mirror finds the bucket: <c>https://ENDPOINT/BUCKET</c>, or <c>http</c> when it is insecure.</summary>
    public static string UrlOf(BucketSpec spec) => $"{(spec.Insecure == true ? "http" : "https")}://{spec.Endpoint}/{spec.BucketName}";

    public static BucketFetch Run(SourceMirrors mirrors, SourceRun run, Bucket bucket)
    {
        var url = UrlOf(bucket.Spec);
        if (mirrors.Find(url) is not { } mirror)
        {
            return new()
            {
                Outcome = run.StallStep(
                    ConditionTypes.FetchFailed,
                    SourceReasons.InvalidProviderConfiguration,
                    $"provider '{bucket.Spec.Provider ?? "generic"}' is not supported yet: object storages are not available here, only a mirror of '{url}' is"),
            };
        }

        if (mirror.Form is not (MirrorForm.Directory or MirrorForm.Repository))
        {
            return new()
            {
                Outcome = run.FailStep(
                    ConditionTypes.FetchFailed,
                    SourceReasons.BucketOperationFailed,
                    $"the mirror of {mirror.Mirror.Prefix} has no directory at '{mirror.Path}'"),
            };
        }

        var tree = new DiskFileTree(mirror.Path);
        var patterns = IgnorePatterns.ForTree(tree, bucket.Spec.Ignore);
        var keys = new List<string>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Collect(tree, "", patterns, bucket.Spec.Prefix ?? "", keys, hash);
        run.Conditions.Remove(ConditionTypes.FetchFailed);
        return new() { Revision = "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()), Keys = keys, Mirror = mirror };
    }

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
