using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Reads the files of a packed chart (<c>.tgz</c>) in memory. Paths that leave the chart, files that are too large and
/// archives that end early are diagnostics; nothing is ever written to disk.
/// </summary>
public static partial class ChartArchive
{
    private const string Code = "helm-archive";

    /// <summary>The files without the folder that a packed chart has around it.</summary>
    /// <param name="archive">The bytes of the archive.</param>
    /// <param name="name">What messages call the archive; <see langword="null"/> when it has no name.</param>
    /// <param name="limits">How large it may be.</param>
    public static Parsed<IReadOnlyList<ChartFile>> Read(ReadOnlyMemory<byte> archive, string? name = null, ChartLimits? limits = null)
    {
        if (KindError(archive.Span, name) is { } wrongKind)
        {
            return Failed(wrongKind);
        }

        try
        {
            return ReadEntries(archive, limits ?? ChartLimits.Default);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException)
        {
            // The libraries tell of a broken archive by exception only.
            return Failed(e is EndOfStreamException ? "unexpected EOF" : $"the archive is damaged: {FirstLine(e.Message)}");
        }
    }

    private static string? KindError(ReadOnlySpan<byte> bytes, string? name)
    {
        ReadOnlySpan<byte> gzip = [0x1F, 0x8B, 0x08];
        if (bytes.StartsWith(gzip))
        {
            return null;
        }

        if (name is null)
        {
            return bytes.Length < 10 ? "EOF" : "gzip: invalid header";
        }

        return name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal)
            ? $"file '{name}' seems to be a YAML file, but expected a gzipped archive"
            : $"file '{name}' does not appear to be a gzipped archive; got '{ContentType(bytes)}'";
    }

    /// <summary>The kinds that people hand over by mistake, named as Go's <c>http.DetectContentType</c> names them.</summary>
    private static string ContentType(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, 512)];
        return bytes switch
        {
            _ when bytes.StartsWith("PK\u0003\u0004"u8) => "application/zip",
            _ when bytes.StartsWith("%PDF-"u8) => "application/pdf",
            _ when bytes.StartsWith("Rar!\u001A\u0007"u8) => "application/x-rar-compressed",
            _ when bytes.ContainsAnyInRange((byte)0, (byte)8) || bytes.ContainsAnyInRange((byte)0x0E, (byte)0x1A) => "application/octet-stream",
            _ => "text/plain; charset=utf-8",
        };
    }

    private static Parsed<IReadOnlyList<ChartFile>> ReadEntries(ReadOnlyMemory<byte> archive, ChartLimits limits)
    {
        var files = new List<ChartFile>();
        var remaining = limits.MaxChartBytes;
        using var compressed = new MemoryStream(archive.ToArray(), writable: false);
        using var unzipped = new GZipStream(compressed, CompressionMode.Decompress);
        using var limited = new LimitedStream(unzipped, limits.MaxChartBytes + (limits.MaxFiles * 1536L));
        using var tar = new TarReader(limited);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes or TarEntryType.ExtendedAttributes)
            {
                continue;
            }

            var (path, error) = EntryPath(entry.Name);
            if (error is not null)
            {
                return Failed(error);
            }

            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink
                && (entry.LinkName.StartsWith('/') || FilePath.Combine(FilePath.Directory(path), entry.LinkName) is null))
            {
                return Failed($"chart illegally links out of the chart: {GoQuote.Quote(entry.Name)}");
            }

            if (entry.Length > remaining)
            {
                return Failed($"decompressed chart is larger than the maximum size {limits.MaxChartBytes}");
            }

            if (entry.Length > limits.MaxFileBytes)
            {
                return Failed($"decompressed chart file {GoQuote.Quote(entry.Name)} is larger than the maximum file size {limits.MaxFileBytes}");
            }

            if (files.Count == limits.MaxFiles)
            {
                return Failed($"the chart has more than {limits.MaxFiles} files");
            }

            var data = new byte[entry.Length];
            entry.DataStream?.ReadExactly(data);
            remaining -= data.Length;
            files.Add(new ChartFile(path, data, entry.ModificationTime));
        }

        if (!EndsAsItSays(archive.Span, limited))
        {
            return Failed("unexpected EOF");
        }

        return files.Count == 0 ? Failed("no files in chart archive") : new Parsed<IReadOnlyList<ChartFile>>(files);
    }

    /// <summary>The path below the chart's folder, or why it may not be used.</summary>
    private static (string Path, string? Error) EntryPath(string name)
    {
        var delimiter = name.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        var first = name.IndexOf(delimiter, StringComparison.Ordinal);
        var path = first < 0 ? "" : name[(first + 1)..].Replace(delimiter, '/');
        if (path.StartsWith('/'))
        {
            return ("", "chart illegally contains absolute paths");
        }

        var clean = Clean(path);
        return clean switch
        {
            "" => ("", $"chart illegally contains content outside the base directory: {GoQuote.Quote(name)}"),
            _ when clean.StartsWith("..", StringComparison.Ordinal) => ("", "chart illegally references parent directory"),
            _ when DrivePattern().IsMatch(clean) => ("", "chart contains illegally named files"),
            _ when (first < 0 ? name : name[..first]) == "Chart.yaml" => ("", "chart yaml not in base directory"),
            _ => (clean, null),
        };
    }

    /// <summary>Go's <c>path.Clean</c> of a relative path, with the empty text for <c>.</c>.</summary>
    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count > 0 && parts[^1] != "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Reads to the end and compares the length with the one that the archive's last bytes give.</summary>
    private static bool EndsAsItSays(ReadOnlySpan<byte> archive, LimitedStream stream)
    {
        Span<byte> rest = stackalloc byte[4096];
        while (stream.Read(rest) > 0)
        {
        }

        return archive.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(archive[^4..]) == (uint)stream.Total;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.');

    private static Parsed<IReadOnlyList<ChartFile>> Failed(string message) => new(null, [Diagnostic.Error(Code, message)]);

    [GeneratedRegex("^[a-zA-Z]:/")]
    private static partial Regex DrivePattern();

    /// <summary>Passes bytes on and counts them; one more than the limit is an error.</summary>
    private sealed class LimitedStream(Stream inner, long limit) : Stream
    {
        public long Total { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Total;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            Total += count;
            return Total <= limit ? count : throw new InvalidDataException($"it holds more than {limit} bytes");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
