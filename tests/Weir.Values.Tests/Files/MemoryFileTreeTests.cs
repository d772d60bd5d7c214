using Weir.Values;

namespace Weir.Values.Tests.Files;

public sealed class MemoryFileTreeTests
{
    private readonly MemoryFileTree _tree = MemoryFileTree.FromText([new("a/b/c.txt", "c"), new("a/z", ""), new("top", "t")]);

    [Fact]
    public void Directories_exist_through_their_files()
    {
        Assert.True(_tree.DirectoryExists("a/b"));
        Assert.Equal([new FileTreeEntry("b", true), new FileTreeEntry("z", false)], _tree.List("a"));
        Assert.Equal([new FileTreeEntry("a", true), new FileTreeEntry("top", false)], _tree.List(""));
    }

    [Fact]
    public void An_absent_file_is_nothing_and_an_empty_one_is_not()
    {
        Assert.Null(_tree.TryRead("none"));
        Assert.Equal(0, _tree.TryRead("a/z")?.Length);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("")]
    public void A_path_that_is_not_canonical_is_refused(string path) =>
        Assert.Throws<ArgumentException>(() => MemoryFileTree.FromText([new(path, "")]));

    [Fact]
    public void A_subtree_reaches_nothing_above_it()
    {
        var subtree = new SubtreeFileTree(_tree, "a");
        Assert.NotNull(subtree.TryRead("b/c.txt"));
        Assert.Null(subtree.TryRead("top"));
        Assert.Equal("b", subtree.Resolve("b"));
    }

    [Theory]
    [InlineData("a/b", "../c", "a/c")]
    [InlineData("a", "./b/./c", "a/b/c")]
    [InlineData("a", "..", "")]
    [InlineData("a", "../..", null)]
    [InlineData("a", "/b", "b")]
    public void Paths_combine_as_on_disk_but_never_leave(string directory, string relative, string? combined) =>
        Assert.Equal(combined, FilePath.Combine(directory, relative));
}
