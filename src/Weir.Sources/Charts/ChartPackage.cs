using Weir.Helm;
using Weir.Sources.Compression;

namespace Weir.Sources.Charts;

/// <summary>Packs a chart: <c>NAME/…</c> in a gzipped tar. The same files always give the same bytes.</summary>
public static class ChartPackage
{
    private const int FileMode = 0b110_100_100;

    /// <summary>Chart.yaml comes first, as helm writes it, then the files as they stand.</summary>
    public static byte[] Write(string name, IEnumerable<ChartFile> files)
    {
        var output = new MemoryStream();
        using (var gzip = new GoGzipStream(output))
        {
            var tar = new GoTarWriter(gzip);
            foreach (var file in files.OrderBy(f => f.Name == "Chart.yaml" ? 0 : 1))
            {
                tar.WriteFile($"{name}/{file.Name}", FileMode, new MemoryStream(file.Data.ToArray()), file.Data.Length);
            }

            tar.Finish();
        }

        return output.ToArray();
    }
}
