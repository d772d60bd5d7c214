namespace Weir.Kubernetes.Tests.Selectors;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier!=back", true)]
    [InlineData("app=api", false)]
    [InlineData("app in (api, web)", true)]
    [InlineData("app notin (api,web)", false)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!other", true)]
    [InlineData("other!=x", true)]
    [InlineData("n>3,n<5", true)]
    [InlineData("n>4", false)]
    [InlineData("empty=", true)]
    public void Labels_match(string text, bool expected)
    {
        Assert.True(LabelSelector.TryParse(text, out var selector, out var error), error);
        Assert.Equal(expected, selector.Matches(Json.Map("{'app':'web','tier':'front','n':'4','empty':''}")));
    }

    [Theory]
    [InlineData("app in (a", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("app=web,", "found '', expected: identifier after ','")]
    [InlineData("=x", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("n>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    public void Malformed_label_selectors_are_told(string text, string message)
    {
        Assert.False(LabelSelector.TryParse(text, out _, out var error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name!=a", false)]
    [InlineData("metadata.name==a,status.phase=Running", true)]
    [InlineData(@"metadata.name=a\,b", false)]
    public void Fields_match(string text, bool expected)
    {
        Assert.True(FieldSelector.TryParse(text, out var selector, out var error), error);
        Assert.Equal(expected, selector.Matches(f => f == "metadata.name" ? "a" : "Running"));
    }

    [Theory]
    [InlineData("metadata.name", "invalid selector: 'metadata.name'; can't understand 'metadata.name'")]
    [InlineData("a=b=c", "invalid field selector: unescaped character in value: 61")]
    public void Malformed_field_selectors_are_told(string text, string message)
    {
        Assert.False(FieldSelector.TryParse(text, out _, out var error));
        Assert.Equal(message, error);
    }
}
