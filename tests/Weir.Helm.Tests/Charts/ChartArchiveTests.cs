using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Weir.Helm.Tests.Charts;

public sealed class ChartArchiveTests
{
    [Fact]
    public void A_packed_chart_is_read_below_its_folder()
    {
        var chart = ChartLoader.LoadArchive(Pack(("app/Chart.yaml", TestCharts.Metadata), ("app/templates/a.yaml", "x")), "app.tgz").Result!;
        Assert.Equal("app-1.2.3", chart.ToString());
        Assert.Equal("x", Assert.Single(chart.Templates).Text);
    }

    [Fact]
    public void A_chart_packed_within_a_chart_is_its_dependency()
    {
        var child = Encoding.Latin1.GetString(Pack(("child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n")));
        var archive = Pack(("app/Chart.yaml", TestCharts.Metadata), ("app/charts/child-0.1.0.tgz", child));
        Assert.Equal("child", Assert.Single(ChartLoader.LoadArchive(archive).Result!.Dependencies).Name);
    }

    [Theory]
    [InlineData("app/../../etc/passwd", "chart illegally references parent directory")]
    [InlineData("app//etc/passwd", "chart illegally contains absolute paths")]
    [InlineData("app/c:/windows", "chart contains illegally named files")]
    public void Paths_that_leave_the_chart_are_refused(string path, string expected) =>
        Assert.Equal(expected, Assert.Single(ChartLoader.LoadArchive(Pack((path, "x"))).Diagnostics).Message);

    [Fact]
    public void Links_that_leave_the_chart_are_refused()
    {
        var archive = Gzip(tar => tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "app/link") { LinkName = "../../secret" }));
        Assert.StartsWith("chart illegally links out of the chart", Assert.Single(ChartLoader.LoadArchive(archive).Diagnostics).Message);
    }

    [Fact]
    public void A_chart_that_unpacks_to_too_much_is_refused()
    {
        var limits = new ChartLimits { MaxChartBytes = 1000, MaxFileBytes = 10_000 };
        var loaded = ChartLoader.LoadArchive(Pack(("app/Chart.yaml", TestCharts.Metadata), ("app/big", new string('x', 2000))), limits: limits);
        Assert.Contains("larger than the maximum size 1000", Assert.Single(loaded.Diagnostics).Message);
    }

    [Fact]
    public void Broken_archives_are_refused_wherever_they_end()
    {
        var archive = Pack(("app/Chart.yaml", TestCharts.Metadata), ("app/templates/a.yaml", new string('x', 500)));
        for (var length = 0; length < archive.Length; length += 7)
        {
            var loaded = ChartLoader.LoadArchive(archive.AsMemory(0, length), "app.tgz");
            Assert.True(loaded.HasErrors, $"{length} of {archive.Length} bytes were taken for a chart");
        }
    }

    [Fact]
    public void An_entry_that_claims_to_be_longer_than_any_is_refused()
    {
        var tar = new byte[1024];
        "./PaxHeaders/x"u8.CopyTo(tar);
        "0000644"u8.CopyTo(tar.AsSpan(100));
        "77777777777"u8.CopyTo(tar.AsSpan(124));
        tar[156] = (byte)'x';
        "ustar\000"u8.CopyTo(tar.AsSpan(257));
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = tar.Take(512).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        Assert.True(ChartLoader.LoadArchive(bytes.ToArray(), "app.tgz").HasErrors);
    }

    private static byte[] Pack(params (string Path, string Text)[] files) => Gzip(tar =>
    {
        foreach (var (path, text) in files)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.Latin1.GetBytes(text)) });
        }
    });

    private static byte[] Gzip(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            write(tar);
        }

        return bytes.ToArray();
    }
}
