using System.Security.Cryptography;

namespace Weir.Sources.Artifacts;

/// <summary>
/// Artifacts on disk below one folder, as <c>kind/namespace/name/file</c>. A file is there whole or not at all: it is written
/// beside its place and renamed, so a kill at any moment leaves nothing half-made. Safe to call from many threads.
/// </summary>
public sealed class ArtifactStore
{
    private const string Unfinished = ".partial-";

    private readonly string _root;
    private readonly TimeProvider _time;

    public ArtifactStore(string root, TimeProvider time)
    {
        _root = Path.GetFullPath(root);
        _time = time;
        Directory.CreateDirectory(_root);
        foreach (var left in Directory.EnumerateFiles(_root, Unfinished + "*", SearchOption.AllDirectories))
        {
            File.Delete(left);
        }
    }

    /// <summary>The folder that the artifact listener serves.</summary>
    public string Root => _root;

    /// <summary>The path of an artifact inside the store.</summary>
    public static string PathOf(string kind, string @namespace, string name, string file) =>
        $"{kind.ToLowerInvariant()}/{@namespace}/{name}/{file}";

    /// <summary>Stores what <paramref name="write"/> writes. An artifact that is there already under this path is replaced.</summary>
    public async Task<Artifact> StoreAsync(string path, string revision, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var target = OnDisk(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            string digest;
            long size;
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await write(file);
                await file.FlushAsync(cancellationToken);
                file.Position = 0;
                digest = "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
                size = file.Length;
            }

            File.Move(partial, target, overwrite: true);
            return new Artifact(path, revision, digest, size, _time.GetUtcNow());
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Opens an artifact for reading; <see langword="null"/> when it is not there.</summary>
    public Stream? Open(string path)
    {
        var file = OnDisk(path);
        return File.Exists(file) ? File.OpenRead(file) : null;
    }

    /// <summary>Whether the artifact is there with exactly these bytes.</summary>
    public async Task<bool> VerifyAsync(string path, string digest, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        return file is not null
            && digest == "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>
    /// Removes older artifacts of one object: those past <paramref name="retention"/> files or <paramref name="timeToLive"/>, never the
    /// current one.
    /// </summary>
    /// <returns>The paths removed.</returns>
    public IReadOnlyList<string> Collect(string currentPath, int retention, TimeSpan timeToLive)
    {
        var current = new FileInfo(OnDisk(currentPath));
        var removed = new List<string>();
        if (current.Directory is not { Exists: true } folder)
        {
            return removed;
        }

        var now = _time.GetUtcNow();
        var others = folder.GetFiles().Where(f => f.Name != current.Name && f.LinkTarget is null).OrderByDescending(f => f.LastWriteTimeUtc).ToList();
        for (var i = 0; i < others.Count; i++)
        {
            // The current artifact counts towards the retention.
            if (i + 1 >= retention || now - others[i].LastWriteTimeUtc > timeToLive)
            {
                others[i].Delete();
                removed.Add(Path.GetRelativePath(_root, others[i].FullName).Replace(Path.DirectorySeparatorChar, '/'));
            }
        }

        return removed;
    }

    /// <summary>Lets another name in the same folder stand for an artifact; a reader finds the old one or the new one.</summary>
    /// <returns>The path of the name.</returns>
    public string Link(string path, string name)
    {
        var target = OnDisk(path);
        var folder = Path.GetDirectoryName(target)!;
        var partial = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            File.CreateSymbolicLink(partial, Path.GetFileName(target));
            File.Move(partial, Path.Combine(folder, name), overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        return $"{path[..path.LastIndexOf('/')]}/{name}";
    }

    /// <summary>Removes everything of one object.</summary>
    public void RemoveAll(string kind, string @namespace, string name)
    {
        var folder = Path.GetDirectoryName(OnDisk(PathOf(kind, @namespace, name, "any")))!;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string OnDisk(string path)
    {
        var full = Path.GetFullPath(Path.Combine(_root, path));
        return full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException($"'{path}' leaves the store.", nameof(path));
    }
}
