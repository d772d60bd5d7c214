using System.Formats.Tar;
using System.IO.Compression;
using Weir.Sources.Compression;
using Weir.Sources.Files;
using Weir.Values;

namespace Weir.Sources.Artifacts;

/// <summary>
/// Archives as Flux's source-controller makes them: owner 0, no names, times at zero, mode 0600, 0700 for executables and 0750
/// for directories, links left out. The same tree always gives the same bytes.
/// </summary>
public static class TarGz
{
    /// <summary>Largest unpacked size and most entries of an archive that is read.</summary>
    public const long MaxUnpackedBytes = 512L * 1024 * 1024;

    private const int MaxEntries = 200_000;
    private const int FileMode = 0b110_000_000;
    private const int ExecutableMode = 0b111_000_000;
    private const int DirectoryMode = 0b111_101_000;

    /// <summary>Writes a directory, without what the patterns exclude; byte for byte what Flux's source-controller writes.</summary>
    public static void WriteDirectory(string directory, IgnorePatterns patterns, Stream output)
    {
        using var gzip = new GoGzipStream(output);
        var tar = new GoTarWriter(gzip);
        tar.WriteDirectory(".", DirectoryMode);
        Write(tar, new DirectoryInfo(directory), "", patterns);
        tar.Finish();
    }

    /// <summary>
    /// Reads an archive into memory.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no gzipped tar, is truncated, too large, or has a path that leaves it.</exception>
    public static MemoryFileTree Read(Stream input)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        long total = 0;
        using var gzip = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
        using var tar = new TarReader(gzip);
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                {
                    continue;
                }

                var path = entry.Name.StartsWith('/') ? null : FilePath.Combine("", entry.Name);
                if (string.IsNullOrEmpty(path) || entry.Name.Split('/').Contains(".."))
                {
                    throw new InvalidDataException($"the archive has the path '{entry.Name}', which leaves it");
                }

                total += entry.Length;
                if (total > MaxUnpackedBytes || files.Count >= MaxEntries)
                {
                    throw new InvalidDataException($"the archive unpacks to more than {MaxUnpackedBytes} bytes or {MaxEntries} files");
                }

                var content = new byte[entry.Length];
                entry.DataStream?.ReadExactly(content);
                files[path] = content;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"the archive is damaged: {e.Message}", e);
        }

        return new MemoryFileTree(files);
    }

    /// <summary>
    /// Unpacks an archive into an empty folder; links and devices are left out.
    /// </summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    public static void Extract(Stream input, string folder)
    {
        using var gzip = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
        using var tar = new TarReader(gzip);
        long total = 0;
        var count = 0;
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                var isDirectory = entry.EntryType == TarEntryType.Directory;
                if (!isDirectory && entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                {
                    continue;
                }

                if (entry.Name.StartsWith('/') || FilePath.Combine("", entry.Name) is not { } path || entry.Name.Split('/').Contains(".."))
                {
                    throw new InvalidDataException($"tar contained invalid name error {GoQuote.Quote(entry.Name)}");
                }

                total += entry.Length;
                if (total > MaxUnpackedBytes || ++count > MaxEntries)
                {
                    throw new InvalidDataException($"the archive unpacks to more than {MaxUnpackedBytes} bytes or {MaxEntries} files");
                }

                var target = Path.Combine(folder, path);
                Directory.CreateDirectory(isDirectory ? target : Path.GetDirectoryName(target)!);
                if (!isDirectory && path.Length > 0)
                {
                    ExtractFile(entry, target);
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"the archive is damaged: {e.Message}", e);
        }
    }

    private static void ExtractFile(TarEntry entry, string target)
    {
        using (var file = new FileStream(target, System.IO.FileMode.Create, FileAccess.Write))
        {
            entry.DataStream?.CopyTo(file);
        }

        if (!OperatingSystem.IsWindows())
        {
            // The owner must be able to read and replace it, whatever the archive says.
            File.SetUnixFileMode(target, (entry.Mode & (UnixFileMode)0b111_111_111) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Write(GoTarWriter tar, DirectoryInfo directory, string path, IgnorePatterns patterns)
    {
        // Go's filepath.Walk order: names of one directory bytewise, a directory before what it holds.
        foreach (var entry in directory.GetFileSystemInfos().OrderBy(e => e.Name, GoString.Comparer))
        {
            var name = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            var isDirectory = entry is DirectoryInfo;
            if (entry.LinkTarget is not null || (!isDirectory && (entry.Attributes & FileAttributes.Device) != 0))
            {
                continue;
            }

            // The walk goes into an excluded directory too: a pattern may take back what lies in it.
            var isExcluded = patterns.IsExcluded(name, isDirectory);
            if (isDirectory)
            {
                if (!isExcluded)
                {
                    tar.WriteDirectory(name, DirectoryMode);
                }

                Write(tar, (DirectoryInfo)entry, name, patterns);
                continue;
            }

            if (isExcluded)
            {
                continue;
            }

            var executable = (entry.UnixFileMode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
            using var content = ((FileInfo)entry).OpenRead();
            tar.WriteFile(name, executable ? ExecutableMode : FileMode, content, content.Length);
        }
    }
}
