using Weir.Values;

namespace Weir.Helm.Tests.Values;

public sealed class ValuesReaderTests
{
    [Fact]
    public void Every_number_is_a_float() => Assert.IsType<FloatValue>(ValuesReader.Read("a: 1").Result!["a"]);

    [Fact]
    public void Later_documents_are_laid_over_earlier_ones() =>
        Assert.Equal("""{"a":{"b":1,"c":3},"d":4}""", TestCharts.Json(ValuesReader.Read("a: {b: 1, c: 2}\n---\na: {c: 3}\n---\nd: 4\n").Result));

    [Fact]
    public void An_empty_text_is_an_empty_map() => Assert.Equal("{}", TestCharts.Json(ValuesReader.Read("# nothing\n").Result));

    [Fact]
    public void A_value_knows_its_line_in_later_documents_too()
    {
        var values = ValuesReader.Read("a: 1\n---\nb: 2\n", "values.yaml").Result!;
        Assert.Equal(("values.yaml", 3), (values.KeySpan("b").File, values.KeySpan("b").Line));
    }

    [Fact]
    public void A_list_is_refused_with_its_place()
    {
        var error = Assert.Single(ValuesReader.Read("- a\n", "values.yaml").Diagnostics);
        Assert.EndsWith("json: cannot unmarshal array into Go value of type map[string]interface {}", error.Message);
        Assert.Equal(1, error.Span.Line);
    }
}
