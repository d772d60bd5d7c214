using Weir.Helm;
using Weir.Sources.Compression;

namespace Weir.Sources.Charts;

/// <summary>
/// Packs a loaded chart with the files and the order of <c>helm package</c>: metadata, lock, values, schema, templates, other
/// files, dependencies. The same chart always gives the same bytes.
/// </summary>
public static class ChartArchiveWriter
{
    private const int FileMode = 0b110_100_100;

    /// <summary>Helm marks its archives so.</summary>
    private static ReadOnlySpan<byte> Mark => "+aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo="u8;

    /// <param name="chart">The chart.</param>
    /// <param name="modified">The time that all files get.</param>
    public static byte[] Write(Chart chart, DateTimeOffset modified)
    {
        var output = new MemoryStream();
        using (var gzip = new GoGzipStream(output, Mark, "Helm"))
        {
            var tar = new GoTarWriter(gzip) { Modified = modified };
            Write(tar, chart, "");
            tar.Finish();
        }

        return output.ToArray();
    }

    private static void Write(GoTarWriter tar, Chart chart, string prefix)
    {
        var root = $"{prefix}{chart.Name}/";
        Write(tar, root + "Chart.yaml", ChartMetadataYaml.Write(chart.Metadata));
        if (chart.Metadata.ApiVersion == "v2")
        {
            WriteRaw(tar, chart, root, "Chart.lock");
        }

        WriteRaw(tar, chart, root, "values.yaml");
        if (chart.Schema is { } schema)
        {
            Write(tar, root + "values.schema.json", schema.Data);
        }

        foreach (var file in chart.Templates)
        {
            Write(tar, root + file.Name, file.Data);
        }

        foreach (var file in chart.Files)
        {
            Write(tar, root + file.Name, file.Data);
        }

        foreach (var dependency in chart.Dependencies)
        {
            Write(tar, dependency, root + "charts/");
        }
    }

    private static void WriteRaw(GoTarWriter tar, Chart chart, string root, string name)
    {
        foreach (var file in chart.Raw)
        {
            if (file.Name == name)
            {
                Write(tar, root + name, file.Data);
            }
        }
    }

    private static void Write(GoTarWriter tar, string name, ReadOnlyMemory<byte> data) =>
        tar.WriteFile(name, FileMode, new MemoryStream(data.ToArray(), writable: false), data.Length);
}
