namespace Weir.Helm.Tests.Rendering;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_text()
    {
        const string template = "{{ randAlphaNum 20 }} {{ uuidv4 }} {{ now | date \"2006\" }} {{ shuffle \"abcdefgh\" }} {{ randInt 0 1000000 }}";
        Assert.Equal(TestCharts.Text(template), TestCharts.Text(template));
        Assert.NotEqual(TestCharts.Text(template), TestCharts.Text(template, options: new RenderOptions { Seed = "other" }));
    }

    [Fact]
    public void Two_calls_give_two_texts()
    {
        var words = TestCharts.Text("{{ randAlphaNum 20 }} {{ randAlphaNum 20 }} {{ range until 2 }}{{ randAlphaNum 20 }} {{ end }}").Split(' ');
        Assert.Equal(4, words.Distinct().Count());
    }

    [Fact]
    public void A_change_elsewhere_in_the_chart_disturbs_nothing()
    {
        var before = TestCharts.Render(TestCharts.Load(("templates/a.yaml", "a: {{ randAlphaNum 20 }}")));
        var after = TestCharts.Render(TestCharts.Load(("templates/a.yaml", "a: {{ randAlphaNum 20 }}"), ("templates/b.yaml", "b: {{ randAlphaNum 9 }}"), ("templates/0.yaml", "c: {{ uuidv4 }}")));
        Assert.Contains(before.Manifests[0].Text, after.Manifests.Select(m => m.Text));
    }
}
