using Weir.Sources.Files;
using Weir.Values;

namespace Weir.Sources.Tests.Files;

public sealed class IgnorePatternsTests
{
    [Theory]
    [InlineData("*.jpg", "a/b.jpg", false, true)]
    [InlineData("/a", "b/a", false, false)]
    [InlineData("/a", "a/b", false, true)]
    [InlineData("build/", "build", false, false)]
    [InlineData("build/", "x/build/y", false, true)]
    [InlineData("a/**/b", "a/b", false, true)]
    [InlineData("a/**/b", "a/x/y/b", false, true)]
    [InlineData("a/*", "a/x/y", false, true)]
    [InlineData("*\n!/deploy", "deploy/a", false, false)]
    [InlineData("/*\n!/deploy", "deploy/a", false, false)]
    [InlineData("/*\n!/deploy", "other", false, true)]
    [InlineData("# note\n\n", "note", false, false)]
    [InlineData("[ab].yaml", "b.yaml", false, true)]
    [InlineData("[!ab].yaml", "b.yaml", false, false)]
    public void The_last_pattern_that_matches_decides(string patterns, string path, bool isDirectory, bool excluded)
    {
        var ignore = new IgnorePatterns();
        ignore.Add(patterns);
        Assert.Equal(excluded, ignore.IsExcluded(path, isDirectory));
    }

    [Fact]
    public void Patterns_of_a_file_count_from_its_directory()
    {
        var tree = MemoryFileTree.FromText([new("apps/.sourceignore", "/secret.yaml"), new("secret.yaml", ""), new("apps/secret.yaml", "")]);
        var ignore = IgnorePatterns.ForTree(tree, null);
        Assert.True(ignore.IsExcluded("apps/secret.yaml", false));
        Assert.False(ignore.IsExcluded("secret.yaml", false));
    }

    [Theory]
    [InlineData(null, "logo.png", true)]
    [InlineData("/docs", "logo.png", false)]
    [InlineData("/docs", ".gitignore", true)]
    [InlineData(null, ".git/config", true)]
    public void Own_patterns_replace_the_defaults_but_never_bring_back_version_control(string? spec, string path, bool excluded) =>
        Assert.Equal(excluded, IgnorePatterns.ForTree(MemoryFileTree.FromText([]), spec).IsExcluded(path, false));
}
