namespace Weir.Fleet.Tests;

/// <summary>Comments of merge requests hold texts that their readers may not trust.</summary>
public sealed class MarkdownReportTests
{
    public static TheoryData<string> Hostile => [.. Reports.Hostile];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_text_of_a_repository_becomes_markup_a_mention_or_a_command(string text)
    {
        var outside = Outside(MarkdownReport.Write(Reports.Of(text)));
        Assert.DoesNotContain("<script", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("\n/", outside, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', outside);
        Assert.DoesNotContain('\e', outside);
        Assert.Equal(2, outside.Split("<details>").Length - 1);
        Assert.Equal(2, outside.Split("</details>").Length - 1);
    }

    [Fact]
    public void The_last_line_tells_the_result_to_whoever_publishes_the_text()
    {
        var report = Reports.Of("x");
        Assert.Equal((ReportVerdict.Broken, report.Reach), MarkdownResult.Find(MarkdownReport.Write(report)));
        Assert.Null(MarkdownResult.Find("### another text\n"));
        Assert.Null(MarkdownResult.Find("<!-- weir-result broken: x -->\nand more"));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(3_000)]
    [InlineData(60_000)]
    public void Five_thousand_objects_keep_to_the_size(int budget)
    {
        var text = MarkdownReport.Write(Reports.Large(5_000), new() { Budget = budget, Link = new("https://example.org/a(b)") });
        Assert.True(text.Length <= budget, $"{text.Length}");
        Assert.Contains("_Cut to fit: ", text, StringComparison.Ordinal);
        Assert.Contains("[The whole report](https://example.org/a%28b%29)", text, StringComparison.Ordinal);
        Assert.EndsWith(" -->\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(60_000)]
    public void Every_application_has_a_line_and_the_rest_of_the_room_is_for_what_changes(int budget)
    {
        var report = Reports.Large(5_000);
        var text = MarkdownReport.Write(report, new() { Budget = budget });
        Assert.All(report.Diff.Units, u => Assert.Contains($"<b>{u.Id.Cluster}</b> HelmRelease {u.Id.Namespace}/{u.Id.Name}: 50 objects", text, StringComparison.Ordinal));
        Assert.InRange(text.Length, budget * 9 / 10, budget);
        var shown = text.Split("```diff\n").Length - 1;
        Assert.True(shown > 10, $"{shown} objects are shown");
        Assert.Contains($"_Cut to fit: 0 applications and the diffs of {5_000 - shown} objects are not shown here.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_without_end_keeps_to_the_size()
    {
        var report = Reports.Of("x");
        var text = MarkdownReport.Write(report with { Findings = [report.Findings[0] with { Message = new string('m', 5_000) }] }, new() { Budget = 1_000 });
        Assert.True(text.Length <= 1_000, $"{text.Length}");
    }

    /// <summary>What is outside of blocks and spans of code, read as CommonMark reads them.</summary>
    private static string Outside(string text)
    {
        var result = new System.Text.StringBuilder();
        string? fence = null;
        foreach (var line in text.Split('\n'))
        {
            var ticks = line.Length - line.TrimStart('`').Length;
            if (fence is null && ticks >= 3 && !line[ticks..].Contains('`', StringComparison.Ordinal))
            {
                fence = line[..ticks];
            }
            else if (fence is not null)
            {
                fence = ticks >= fence.Length && line.TrimEnd() == line[..ticks] ? null : fence;
            }
            else
            {
                result.Append(WithoutSpans(line)).Append('\n');
            }
        }

        Assert.Null(fence);
        return result.ToString();
    }

    private static string WithoutSpans(string line)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < line.Length;)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                result.Append(line, i, 2);
                i += 2;
                continue;
            }

            var run = 0;
            while (i + run < line.Length && line[i + run] == '`')
            {
                run++;
            }

            var end = run == 0 ? -1 : Closing(line, i + run, run);
            if (end < 0)
            {
                result.Append(line, i, Math.Max(1, run));
                i += Math.Max(1, run);
                continue;
            }

            i = end;
        }

        return result.ToString();
    }

    private static int Closing(string line, int start, int length)
    {
        for (var i = start; i < line.Length;)
        {
            var run = 0;
            while (i + run < line.Length && line[i + run] == '`')
            {
                run++;
            }

            if (run == length)
            {
                return i + run;
            }

            i += Math.Max(1, run);
        }

        return -1;
    }
}
