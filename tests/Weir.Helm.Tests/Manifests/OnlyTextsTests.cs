namespace Weir.Helm.Tests.Manifests;

public sealed class OnlyTextsTests
{
    private static readonly Chart Chart = TestCharts.Load(
        ("templates/b.yaml", "kind: Service\nmetadata: {name: b}\n"),
        ("templates/a.yaml", "kind: Ingress\nmetadata: {name: a}\n---\nkind: Job\nmetadata: {name: h, annotations: {helm.sh/hook: test}}\n"));

    [Fact]
    public void Texts_and_their_order_are_the_same_without_objects()
    {
        var whole = TestCharts.Render(Chart);
        var texts = TestCharts.Render(Chart, options: RenderOptions.Default with { OnlyTexts = true });

        Assert.Equal(TemplateText.Print(whole), TemplateText.Print(texts));
        Assert.Equal(["Service", "Ingress"], texts.Manifests.Select(m => m.Kind));
        Assert.All(texts.Manifests, m => Assert.Null(m.Object));
        Assert.Null(Assert.Single(texts.Hooks).Object);
    }

    [Fact]
    public void A_document_that_is_no_YAML_is_an_error_all_the_same() => Assert.StartsWith(
        "YAML parse error on app/templates/a.yaml: ",
        TestCharts.Render(TestCharts.Load(("templates/a.yaml", "a: [1\n")), options: RenderOptions.Default with { OnlyTexts = true }).Error);
}
