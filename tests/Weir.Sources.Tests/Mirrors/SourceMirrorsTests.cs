using Weir.Sources.Mirrors;

namespace Weir.Sources.Tests.Mirrors;

public sealed class SourceMirrorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-mirrors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_longest_prefix_answers()
    {
        var mirrors = new SourceMirrors([new("https://example.com/", "/all"), new("https://example.com/charts", "/charts")]);
        Assert.Equal("/charts", mirrors.Find("https://example.com/charts")?.Path);
        Assert.Equal("/all/other", mirrors.Find("https://example.com/other")?.Path);
    }

    [Theory]
    [InlineData("https://example.com/team", "https://example.com/team2/repo")]
    [InlineData("https://example.com/team", "http://example.com/team")]
    [InlineData("https://example.com/team/repo", "https://example.com/team")]
    public void A_prefix_matches_whole_words_of_the_same_scheme_only(string prefix, string url) =>
        Assert.Null(new SourceMirrors([new(prefix, "/x")]).Find(url));

    [Theory]
    [InlineData("https://example.com/repo.git", "https://example.com/repo")]
    [InlineData("https://example.com/repo", "https://example.com/repo.git")]
    [InlineData("https://example.com/repo", "https://example.com/repo/")]
    public void The_ending_of_a_repository_does_not_matter(string prefix, string url) =>
        Assert.Equal("/x", new SourceMirrors([new(prefix, "/x")]).Find(url)?.Path);

    [Fact]
    public void What_follows_the_prefix_is_found_with_or_without_its_ending()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "app.git", "objects"));
        File.WriteAllText(Path.Combine(_folder, "app.git", "HEAD"), "");
        var match = new SourceMirrors([new("https://example.com/team/", _folder)]).Find("https://example.com/team/app");
        Assert.Equal(Path.Combine(_folder, "app.git"), match?.Path);
        Assert.Equal(MirrorForm.Repository, match?.Form);
    }

    [Fact]
    public void A_url_cannot_climb_out_of_the_mirror()
    {
        var match = new SourceMirrors([new("https://example.com/", _folder)]).Find("https://example.com/../../etc/passwd");
        Assert.StartsWith(_folder, match?.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_lists_mirrors_with_paths_from_its_own_directory()
    {
        var read = SourceMirrors.Read(
            "mirrors:\n- prefix: https://charts.example.com\n  path: charts\n- prefix: https://git.example.com/fleet\n  path: /srv/fleet.git\n  directory: envs\n",
            "weir.mirrors.yaml", "/repo");
        Assert.True(read.TryGet(out var mirrors));
        Assert.Equal(
            [new("https://charts.example.com", "/repo/charts"), new("https://git.example.com/fleet", "/srv/fleet.git", "envs")], mirrors);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_told_with_their_line()
    {
        var read = SourceMirrors.Read("mirrors:\n- prefix: charts\n  path: a\n- prefix: https://x\n- prefix: https://y\n  path: b\n  pth: c\n", "m.yaml", "/");
        Assert.Equal([2, 4, 7], read.Diagnostics.Select(d => d.Span.Line));
    }

    [Theory]
    [InlineData("https://a=b", "https://a", "/d/b")]
    [InlineData("https://a?x=y=b", "https://a?x=y", "/d/b")]
    public void The_option_splits_at_its_last_equals_sign(string text, string prefix, string path) =>
        Assert.Equal(new SourceMirror(prefix, path), SourceMirrors.Parse(text, "/d"));

    [Theory]
    [InlineData("charts=b")]
    [InlineData("https://a=")]
    [InlineData("https://a")]
    public void An_option_without_url_or_path_is_none(string text) => Assert.Null(SourceMirrors.Parse(text, "/d"));
}
