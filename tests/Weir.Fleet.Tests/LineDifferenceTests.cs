using System.Diagnostics;

namespace Weir.Fleet.Tests;

/// <summary>Line differences: both texts can be read from them, and they are as small as can be.</summary>
public sealed class LineDifferenceTests
{
    [Fact]
    public void Both_texts_can_be_read_from_the_lines_and_no_fewer_edits_would_do()
    {
        var random = new Random(7);
        for (var round = 0; round < 3_000; round++)
        {
            var (before, after) = (Text(random), Text(random));
            var lines = LineDifference.Of(before, after);
            Assert.Equal(Split(before), lines.Where(static l => l.Kind != '+').Select(static l => l.Text));
            Assert.Equal(Split(after), lines.Where(static l => l.Kind != '-').Select(static l => l.Text));
            Assert.Equal(LongestCommon(Split(before), Split(after)), lines.Count(static l => l.Kind == ' '));
        }
    }

    [Theory]
    [InlineData("a\nb", "a\nb\n", " a| b|-\\ no line break at the end")]
    [InlineData("a\nb\n", "a\nc", " a|-b|+c|+\\ no line break at the end")]
    [InlineData("", "a\n", "+a")]
    [InlineData("a", "", "-a")]
    [InlineData("", "", "")]
    [InlineData("a\n\n", "a\n", " a|-")]
    public void Ends_of_texts_are_told(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join('|', LineDifference.Of(before, after).Select(static l => l.Kind + l.Text)));

    [Fact]
    public void Large_texts_that_have_nothing_or_everything_moved_cost_no_minutes()
    {
        var lines = Enumerable.Range(0, 20_000).Select(static i => $"line {i}").ToList();
        var watch = Stopwatch.StartNew();
        LineDifference.Of(string.Join('\n', lines), string.Join('\n', lines.Select(static l => l + "!")));
        LineDifference.Of(string.Join('\n', lines), string.Join('\n', lines.Select(static (l, i) => i % 3 == 0 ? l + "!" : l)));
        lines.Reverse();
        var reversed = LineDifference.Of(string.Join('\n', Enumerable.Reverse(lines)), string.Join('\n', lines));
        Assert.Equal(20_000, reversed.Count(static l => l.Kind != '-'));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => $"{(char)('a' + random.Next(4))}\n"));

    private static string[] Split(string text) => text.Length == 0 ? [] : text[..^1].Split('\n');

    private static int LongestCommon(string[] a, string[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                lengths[i, j] = a[i - 1] == b[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        return lengths[a.Length, b.Length];
    }
}
