using System.Security.Cryptography;

namespace Weir.Sources.Charts;

/// <summary>
/// Packed charts on disk by digest, shared by all processes that name the same folder. A file is there whole or not at all,
/// and is checked whenever it is read, so that neither a kill nor two writers can harm it.
/// </summary>
public sealed class ChartCache
{
    private const string Unfinished = ".partial-";

    private readonly string _root;

    public ChartCache(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(_root);
    }

    /// <summary>The chart with this hexadecimal SHA-256; <see langword="null"/> when it is not there or was damaged.</summary>
    public byte[]? TryRead(string digest)
    {
        var file = FileOf(digest);
        if (file is null || !File.Exists(file))
        {
            return null;
        }

        try
        {
            var content = File.ReadAllBytes(file);
            if (DigestOf(content) == Normal(digest))
            {
                return content;
            }

            File.Delete(file);
        }
        catch (IOException)
        {
            // Another process removed it meanwhile.
        }

        return null;
    }

    /// <summary>Keeps a chart and answers its digest.</summary>
    public string Add(byte[] content)
    {
        var digest = DigestOf(content);
        var file = FileOf(digest)!;
        if (File.Exists(file))
        {
            return digest;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var partial = Path.Combine(_root, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        return digest;
    }

    /// <summary>The chart by digest, else what <paramref name="download"/> answers, which is kept.</summary>
    public async Task<byte[]> GetAsync(string digest, Func<Task<byte[]>> download)
    {
        if (digest.Length > 0 && TryRead(digest) is { } known)
        {
            return known;
        }

        var content = await download();
        Add(content);
        return content;
    }

    /// <summary>Removes what was written longest ago until the rest is no larger than this; and what a kill left half-made.</summary>
    public void Trim(long maxBytes, DateTimeOffset now)
    {
        var files = new DirectoryInfo(_root).GetFiles("*", SearchOption.AllDirectories);
        long kept = 0;
        foreach (var file in files.OrderByDescending(f => f.LastWriteTimeUtc))
        {
            var isLeft = file.Name.StartsWith(Unfinished, StringComparison.Ordinal);
            if (isLeft ? now - file.LastWriteTimeUtc > TimeSpan.FromHours(1) : (kept += file.Length) > maxBytes)
            {
                file.Delete();
            }
        }
    }

    private static string DigestOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Normal(string digest) =>
        (digest.StartsWith("sha256:", StringComparison.Ordinal) ? digest[7..] : digest).ToLowerInvariant();

    private string? FileOf(string digest)
    {
        var hex = Normal(digest);
        return hex.Length == 64 && hex.All(char.IsAsciiHexDigitLower) ? Path.Combine(_root, hex[..2], hex + ".tgz") : null;
    }
}
