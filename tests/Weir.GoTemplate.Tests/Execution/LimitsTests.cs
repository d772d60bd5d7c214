using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Tests.Execution;

public sealed class LimitsTests
{
    [Fact]
    public void A_template_that_calls_itself_ends_with_an_error()
    {
        var result = Render("{{define \"x\"}}{{template \"x\" .}}{{end}}{{template \"x\" .}}");
        Assert.Contains("exceeded maximum template depth", result.Error?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_that_double_each_other_end_with_an_error()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            text.Append($"{{{{define \"t{i}\"}}}}{{{{template \"t{i + 1}\"}}}}{{{{template \"t{i + 1}\"}}}}{{{{end}}}}");
        }

        var result = Render(text + "{{define \"t60\"}}{{end}}{{template \"t0\"}}", new TemplateLimits { MaxSteps = 100_000 });
        Assert.Contains("exceeded maximum number of steps (100000)", result.Error?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_over_a_huge_number_ends_with_an_error() =>
        Assert.Contains(
            "steps",
            Render("{{range 9223372036854775807}}{{end}}", new TemplateLimits { MaxSteps = 100_000 }).Error?.Text,
            StringComparison.Ordinal);

    [Fact]
    public void Output_beyond_the_limit_ends_with_an_error()
    {
        var result = Render("{{range 1000}}0123456789{{end}}", new TemplateLimits { MaxOutput = 5_000 });
        Assert.Contains("exceeded maximum output (5000 characters)", result.Error?.Text, StringComparison.Ordinal);
        Assert.True(result.Text.Length <= 5_000);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("(not ", "1", ")")]
    [InlineData("if true}}{{", "1", "}}{{end")]
    [InlineData("with true}}{{", "1", "}}{{end")]
    public void Nesting_without_end_is_refused(string open, string inside, string close)
    {
        var text = new StringBuilder("{{");
        const int depth = 200_000;
        text.Insert(2, open, depth).Append(inside).Insert(text.Length, close, depth).Append("}}");
        var set = new TemplateSet(FunctionTable.Empty);
        Assert.Contains("max expression depth exceeded", set.Parse("t", text.ToString())?.Text, StringComparison.Ordinal);
    }

    private static TemplateResult Render(string text, TemplateLimits? limits = null)
    {
        var set = new TemplateSet(FunctionTable.Empty);
        Assert.Null(set.Parse("t", text, out var template));
        return set.Execute(template!, NullValue.Instance, new FixedHost(), limits);
    }
}
