using System.Formats.Tar;
using System.IO.Compression;
using Weir.Helm;

namespace Weir.Fuzz;

/// <summary>Packed charts: mutated as they are, and mutated before they are compressed so that the archive itself is reached.</summary>
internal static class ChartArchiveTarget
{
    private static readonly ChartLimits Limits = new() { MaxChartBytes = 4 << 20, MaxFileBytes = 1 << 20, MaxFiles = 1000, MaxDepth = 8 };

    public static FuzzTarget Create() => new(
        "archive",
        [
            Pack(("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n"), ("app/values.yaml", "a: 1\n"), ("app/templates/t.yaml", "kind: Pod\n")),
            Pack(("app/Chart.yaml", "apiVersion: v1\nname: app\nversion: 1.0.0\n"), ("app/charts/child/Chart.yaml", "name: child\n"), ("app/.helmignore", "*.txt\n")),
        ],
        Run);

    private static void Run(byte[] input)
    {
        _ = ChartLoader.LoadArchive(input, "fuzz.tgz", Limits).Diagnostics.Count;
        _ = ChartLoader.LoadArchive(Compress(input), "fuzz.tgz", Limits).Diagnostics.Count;
    }

    private static byte[] Pack(params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Compress(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }
}
