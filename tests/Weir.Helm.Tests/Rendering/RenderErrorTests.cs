namespace Weir.Helm.Tests.Rendering;

public sealed class RenderErrorTests
{
    [Fact]
    public void A_nil_chain_tells_the_place_and_the_nearest_key()
    {
        var error = TestCharts.Error("a: 1\nb: {{ .Values.imag.tag }}\n", "{image: {tag: \"1\"}}");
        Assert.Contains("nil pointer evaluating interface {}.tag", error.Message);
        Assert.Equal(("app/templates/t.yaml", 2), (error.Span.File, error.Span.Line));
        Assert.Contains("image", error.Hint);
    }

    [Fact]
    public void What_a_chart_requires_is_said_in_its_words() =>
        Assert.Contains("execution error at (app/templates/t.yaml:1:3): give a name", TestCharts.Error("{{ required \"give a name\" .Values.name }}").Message);

    [Fact]
    public void A_template_that_cannot_be_read_is_placed()
    {
        var error = TestCharts.Error("a: 1\n{{ if }}\n");
        Assert.Contains("missing value for if", error.Message);
        Assert.Equal(("app/templates/t.yaml", 2), (error.Span.File, error.Span.Line));
    }

    [Fact]
    public void Recursion_ends_with_an_error_of_readable_size()
    {
        var error = TestCharts.Error("{{ define \"x\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}");
        Assert.Contains("nested reference name", error.Message);
        Assert.True(error.ToString().Length < 64 * 1024);
    }

    [Fact]
    public void An_include_bomb_ends()
    {
        var bomb = string.Concat(Enumerable.Range(0, 40).Select(i => $"{{{{ define \"b{i}\" }}}}{{{{ include \"b{i + 1}\" . }}}}{{{{ include \"b{i + 1}\" . }}}}{{{{ end }}}}")) + "{{ define \"b40\" }}x{{ end }}{{ include \"b0\" . }}";
        var limits = RenderOptions.Default.Limits with { MaxSteps = 100_000 };
        var rendering = TestCharts.Render(TestCharts.Load(("templates/t.yaml", bomb)), options: new RenderOptions { Limits = limits });
        Assert.False(rendering.Succeeded);
    }
}
