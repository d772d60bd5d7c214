using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>Packed files.</summary>
internal static class TestArchive
{
    public static byte[] Of(params (string Path, string Text)[] files)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return output.ToArray();
    }
}
