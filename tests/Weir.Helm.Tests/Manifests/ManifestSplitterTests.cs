namespace Weir.Helm.Tests.Manifests;

public sealed class ManifestSplitterTests
{
    [Fact]
    public void Cuts_at_lines_that_begin_with_dashes() => Assert.Equal(["a: 1\n", "b: 2\n"], ManifestSplitter.Split("---\na: 1\n--- \nb: 2\n"));

    [Fact]
    public void Leaves_out_empty_documents() => Assert.Equal(["a: 1"], ManifestSplitter.Split("\n---\n\n---\na: 1"));

    [Fact]
    public void Dashes_within_a_line_are_text() => Assert.Equal(["a: x --- y\nb: |\n  ---\n"], ManifestSplitter.Split("a: x --- y\nb: |\n  ---\n"));
}
