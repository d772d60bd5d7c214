using Weir.Flux;
using Weir.Sources.Generating;

namespace Weir.Sources.Tests.Generating;

public sealed class CopyFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-copy-").FullName;

    private string Source => Path.Combine(_folder, "source");

    private string Target => Path.Combine(_folder, "target");

    public CopyFilesTests()
    {
        Write("top.yaml", "a: 1\nb: {c: 2}\n");
        Write("deploy/app.yaml", "app");
        Write("deploy/README.md", "read me");
        Write("deploy/base/deep/x.yaml", "x");
        Write("other/top.yaml", "b: {d: 3}\n");
        Directory.CreateDirectory(Target);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("@s/top.yaml", "@artifact/", "top.yaml")]
    [InlineData("@s/top.yaml", "@artifact/conf/values.yaml", "conf/values.yaml")]
    [InlineData("@s/top.yaml", "@artifact/conf/", "conf/top.yaml")]
    [InlineData("@s/deploy/base", "@artifact/x/", "x/base/deep/x.yaml")]
    [InlineData("@s/deploy/**", "@artifact/", "README.md app.yaml base/deep/x.yaml")]
    [InlineData("@s/deploy/*.yaml", "@artifact/", "deploy/app.yaml")]
    [InlineData("@s/*/*.yaml", "@artifact/out/", "out/deploy/app.yaml out/other/top.yaml")]
    public void Files_land_where_cp_would_put_them(string from, string to, string expected)
    {
        Copy(new CopyOperation { From = from, To = to });
        Assert.Equal(expected.Split(' '), Copied());
    }

    [Fact]
    public void Excluded_files_are_left_out_at_any_depth()
    {
        Copy(new CopyOperation { From = "@s/deploy/**", To = "@artifact/", Exclude = ["*.md", "base/**"] });
        Assert.Equal(["app.yaml"], Copied());
    }

    [Fact]
    public void A_later_copy_overwrites_and_a_merge_keeps_what_it_does_not_name()
    {
        Copy(
            new CopyOperation { From = "@s/top.yaml", To = "@artifact/values.yaml" },
            new CopyOperation { From = "@s/other/top.yaml", To = "@artifact/values.yaml", Strategy = "Merge" });
        Assert.Equal("a: 1\nb:\n  c: 2\n  d: 3\n", File.ReadAllText(Path.Combine(Target, "values.yaml")));
    }

    [Theory]
    [InlineData("@s/none.yaml", "@artifact/", "source 'none.yaml' does not exist")]
    [InlineData("@s/none/*.yaml", "@artifact/", "no files match pattern")]
    [InlineData("@other/top.yaml", "@artifact/", "source alias 'other' not found")]
    [InlineData("@s/../../etc/passwd", "@artifact/", "leaves its root")]
    [InlineData("@s/top.yaml", "@artifact/../../out", "leaves its root")]
    public void What_cannot_be_copied_is_told_with_the_operation(string from, string to, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Copy(new CopyOperation { From = from, To = to }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains($"from '{from}'", error.Message, StringComparison.Ordinal);
    }

    private void Copy(params CopyOperation[] operations) =>
        new CopyFiles(new Dictionary<string, string> { ["s"] = Source }, Target).Run(operations);

    private IEnumerable<string> Copied() => Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Target, f)).Order(StringComparer.Ordinal);

    private void Write(string path, string text)
    {
        var full = Path.Combine(Source, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
