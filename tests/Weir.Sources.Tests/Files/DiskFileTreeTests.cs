using System.Text;
using Weir.Sources.Files;
using Weir.Values;

namespace Weir.Sources.Tests.Files;

public sealed class DiskFileTreeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-disk-").FullName;
    private readonly DiskFileTree _tree;

    public DiskFileTreeTests()
    {
        var root = Path.Combine(_folder, "root");
        Directory.CreateDirectory(Path.Combine(root, "a", "b"));
        File.WriteAllText(Path.Combine(root, "a", "b", "c.txt"), "c");
        File.WriteAllText(Path.Combine(_folder, "outside.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(root, "in"), "a/b");
        File.CreateSymbolicLink(Path.Combine(root, "out.txt"), "../outside.txt");
        File.CreateSymbolicLink(Path.Combine(root, "circle"), "circle");
        _tree = new DiskFileTree(root);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_link_inside_is_followed()
    {
        Assert.Equal("c", Encoding.UTF8.GetString(_tree.TryRead("in/c.txt")!.Value.Span));
        Assert.Equal("a/b/c.txt", _tree.Resolve("in/c.txt"));
    }

    [Fact]
    public void A_link_that_leads_out_does_not_exist()
    {
        Assert.Null(_tree.TryRead("out.txt"));
        Assert.Null(_tree.Resolve("out.txt"));
        Assert.DoesNotContain(_tree.List(""), e => e.Name is "out.txt" or "circle");
    }

    [Fact]
    public void Names_come_in_the_order_of_their_bytes() =>
        Assert.Equal([new FileTreeEntry("a", true), new FileTreeEntry("in", true)], _tree.List(""));

    [Fact]
    public void What_is_not_there_reads_as_nothing()
    {
        Assert.Null(_tree.TryRead("none"));
        Assert.Empty(_tree.List("none"));
        Assert.False(_tree.DirectoryExists("a/b/c.txt"));
    }
}
