using Weir.Flux;
using Weir.Values;

namespace Weir.Rendering.Tests.HelmReleases;

public sealed class HelmReleaseValuesTests
{
    [Fact]
    public void Later_references_win_and_inline_values_win_over_all()
    {
        var values = Compose("{c: inline}", Reference("{a: 1, b: 1, c: 1}"), Reference("{b: 2, c: 2}"));
        Assert.Equal("1", values["a"]?.ToString());
        Assert.Equal("2", values["b"]?.ToString());
        Assert.Equal("inline", values["c"]?.ToString());
    }

    [Fact]
    public void A_target_path_is_laid_over_inline_values()
    {
        var values = Compose("{a: {b: inline}}", Reference("text", targetPath: "a.c"));
        Assert.Equal("text", values.Text("a", "c"));
        Assert.Equal("inline", values.Text("a", "b"));
    }

    [Theory]
    [InlineData("5", "5", false)]
    [InlineData("'5'", "5", true)]
    [InlineData("\"5\"", "5", true)]
    public void The_text_at_a_target_path_is_typed_unless_it_is_quoted(string text, string expected, bool isText)
    {
        var value = Compose("{}", Reference(text, targetPath: "a"))["a"];
        Assert.Equal(expected, value?.ToString());
        Assert.Equal(isText, value is StringValue);
    }

    [Fact]
    public void A_literal_keeps_commas_and_braces()
    {
        var reference = Reference("a,b={c}[0]", targetPath: "text");
        var values = Compose("{}", reference with { Reference = reference.Reference with { Literal = true } });
        Assert.Equal("a,b={c}[0]", values["text"]?.ToString());
    }

    [Fact]
    public void Values_that_are_no_yaml_name_their_reference()
    {
        var composed = HelmReleaseValues.Compose(null, [Reference("a: [")], "apps");
        Assert.StartsWith(
            "could not resolve Secret chart values reference 'apps/values' with key 'values.yaml': ",
            Assert.Single(composed.Diagnostics).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_does_not_see_the_order_of_keys() =>
        Assert.Equal(HelmReleaseValues.Digest(Rendered.Map("{a: 1, b: 2}")), HelmReleaseValues.Digest(Rendered.Map("{b: 2, a: 1}")));

    private static ResolvedValues Reference(string text, string? targetPath = null) =>
        new(new ValuesReference { Kind = "Secret", Name = "values", TargetPath = targetPath }, text);

    private static MapValue Compose(string inline, params ResolvedValues[] references)
    {
        var composed = HelmReleaseValues.Compose(Rendered.Map(inline), references, "apps");
        Assert.Empty(composed.Diagnostics);
        return composed.Result!;
    }
}
