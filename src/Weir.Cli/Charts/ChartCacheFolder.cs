using System.Security.Cryptography;
using Weir.Sources.Charts;

namespace Weir.Cli.Charts;

/// <summary>The cache of packed charts: <c>$WEIR_CACHE/charts</c>, else the user's cache folder.</summary>
internal static class ChartCacheFolder
{
    public static ChartCache Open() => new(Root);

    private static string Root => Path.Combine(
        Environment.GetEnvironmentVariable("WEIR_CACHE") is { Length: > 0 } own ? own : UserCache.Folder,
        "charts");

    /// <summary>The chart of a manifest, whose digest names what the manifest holds for ever.</summary>
    public static async Task<byte[]> GetAsync(string manifest, Func<Task<byte[]>> download)
    {
        var cache = Open();
        var note = Path.Combine(Root, "manifests", manifest.Replace(':', '-'));
        if (File.Exists(note) && cache.TryRead((await File.ReadAllTextAsync(note)).Trim()) is { } known)
        {
            return known;
        }

        var content = await download();
        cache.Add(content);
        Directory.CreateDirectory(Path.GetDirectoryName(note)!);

        // A note is written beside its place and moved there, so that nobody reads half of one.
        var partial = $"{note}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(partial, Convert.ToHexStringLower(SHA256.HashData(content)));
        File.Move(partial, note, overwrite: true);
        return content;
    }
}
