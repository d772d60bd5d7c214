namespace Weir.Cel.Tests.Schemas;

public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a-b", "a__dash__b")]
    [InlineData("a.b/c", "a__dot__b__slash__c")]
    [InlineData("a__b", "a__underscores__b")]
    [InlineData("a___b", "a__underscores___b")]
    [InlineData("namespace", "__namespace__")]
    [InlineData("_", "_")]
    public void Names_are_escaped_and_come_back(string name, string escaped)
    {
        Assert.Equal(escaped, FieldNames.Escape(name));
        Assert.Equal(name, FieldNames.Unescape(escaped));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void Names_without_an_identifier_have_no_escape(string name) => Assert.Null(FieldNames.Escape(name));

    [Theory]
    [InlineData("a__other__b")]
    [InlineData("a__namespace__")]
    public void Unknown_escapes_name_nothing(string escaped) => Assert.Null(FieldNames.Unescape(escaped));
}
