namespace Weir.Helm.Tests.Charts;

public sealed class HelmIgnoreTests
{
    [Theory]
    [InlineData("*.txt", "a/b/readme.txt", false, true)]
    [InlineData("*.txt", "readme.md", false, false)]
    [InlineData("/top.yaml", "top.yaml", false, true)]
    [InlineData("/top.yaml", "sub/top.yaml", false, false)]
    [InlineData("docs/", "docs", true, true)]
    [InlineData("docs/", "docs", false, false)]
    [InlineData("a/*.yaml", "a/b.yaml", false, true)]
    [InlineData("a/*.yaml", "a/b/c.yaml", false, false)]
    [InlineData("# comment\n\n  spaced.txt  ", "spaced.txt", false, true)]
    [InlineData("[a-c].txt", "b.txt", false, true)]
    public void Leaves_out_what_a_rule_names(string rules, string path, bool isDirectory, bool expected) =>
        Assert.Equal(expected, HelmIgnore.Parse(rules).Rules.IsIgnored(path, isDirectory));

    [Fact]
    public void A_negated_rule_leaves_out_all_it_does_not_name()
    {
        var (rules, _) = HelmIgnore.Parse("!keep.txt");
        Assert.False(rules.IsIgnored("keep.txt", isDirectory: false));
        Assert.True(rules.IsIgnored("other.txt", isDirectory: false));
    }

    [Fact]
    public void Hidden_templates_are_left_out_always() => Assert.True(HelmIgnore.Parse("").Rules.IsIgnored("templates/.hidden.yaml", isDirectory: false));

    [Fact]
    public void Double_stars_are_refused_with_their_line()
    {
        var (_, error) = HelmIgnore.Parse("*.txt\na/**/b", "app/.helmignore");
        Assert.Equal("double-star (**) syntax is not supported", error!.Message);
        Assert.Equal(("app/.helmignore", 2), (error.Span.File, error.Span.Line));
    }
}
