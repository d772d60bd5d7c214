using System.Formats.Tar;
using System.IO.Compression;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;

namespace Weir.Sources.Tests.Artifacts;

public sealed class TarGzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-tar-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Entries_have_the_form_that_Flux_gives_them()
    {
        Write("b/run.sh", "#!/bin/sh\n", executable: true);
        Write("a.txt", "1");
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "a.txt");

        var entries = Entries();

        Assert.Equal([".", "a.txt", "b", "b/run.sh"], entries.Select(e => e.Name));
        Assert.Equal([0b111_101_000, 0b110_000_000, 0b111_101_000, 0b111_000_000], entries.Select(e => (int)e.Mode));
        Assert.All(entries, e => Assert.Equal((0, 0, DateTimeOffset.UnixEpoch), (e.Uid, e.Gid, e.ModificationTime)));
    }

    /// <summary>As source-controller 1.9 built with Go 1.27 stored these trees.</summary>
    [Theory]
    [InlineData("1", 124, "9084b29298908d1e890d04cf0df9518e5ea97d3c007d813fc8863a9c5af06ca9")]
    [InlineData("2", 125, "2b00084492ddf39935e90e1551b8dfe0e586459051af68782f2b35ed11ea8567")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one\ndata: x: y\n", 181, "4daf8bc7f33f0384950017660f28b514178ca2ba94f2176d42de747fa41e8da5")]
    public void Archives_have_the_digests_that_Flux_gives_them(string text, int size, string digest)
    {
        Write(text.Length == 1 ? "a.txt" : "a.yaml", text);

        var archive = Archive();

        Assert.Equal(size, archive.Length);
        Assert.Equal(digest, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive)));
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        Write("x/y.yaml", "kind: ConfigMap\n");
        var first = Archive();
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "x/y.yaml"), DateTime.UnixEpoch);

        Assert.Equal(first, Archive());
    }

    [Fact]
    public void Long_and_foreign_names_come_back()
    {
        var deep = string.Join('/', Enumerable.Repeat("directory-with-a-name", 6)) + "/file.yaml";
        var longName = new string('n', 140) + ".yaml";
        Write(deep, "1");
        Write(longName, "2");
        Write("zé.yaml", "3");

        var tree = TarGz.Read(new MemoryStream(Archive()));

        Assert.True(tree.FileExists(deep));
        Assert.True(tree.FileExists(longName));
        Assert.True(tree.FileExists("zé.yaml"));
    }

    [Fact]
    public void A_file_in_an_excluded_directory_can_be_taken_back()
    {
        Write("docs/a.md", "1");
        Write("docs/keep.yaml", "2");
        var patterns = new IgnorePatterns();
        patterns.Add("docs/\n!docs/keep.yaml\n");
        var output = new MemoryStream();

        TarGz.WriteDirectory(_folder, patterns, output);
        output.Position = 0;

        Assert.Equal(["docs/keep.yaml"], TarGz.Read(output).Paths);
    }

    private void Write(string path, string content, bool executable = false)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        if (executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private byte[] Archive()
    {
        var output = new MemoryStream();
        TarGz.WriteDirectory(_folder, new IgnorePatterns(), output);
        return output.ToArray();
    }

    private List<TarEntry> Entries()
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(Archive()), CompressionMode.Decompress));
        var entries = new List<TarEntry>();
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }
}
