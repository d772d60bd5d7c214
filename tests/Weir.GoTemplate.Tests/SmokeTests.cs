using Weir.Values;

namespace Weir.GoTemplate.Tests;

public sealed class SmokeTests
{
    [Theory]
    [InlineData("{{1}}", "1")]
    [InlineData("a {{- \" b\" -}} c", "a bc")]
    [InlineData("{{range $i, $e := .list}}{{$i}}={{$e}};{{else}}none{{end}}", "0=x;1=y;")]
    [InlineData("{{with .a.b}}{{.}}{{else}}no{{end}}", "no")]
    [InlineData("{{define \"t\"}}<{{.}}>{{end}}{{template \"t\" .list}}", "<[x y]>")]
    [InlineData("{{printf \"%05.2f|%-5s|%q|%v\" 3.14159 \"ab\" \"x\\n\" .}}", "03.14|ab   |\"x\\n\"|map[list:[x y]]")]
    [InlineData("{{range 3}}{{if eq . 1}}{{continue}}{{end}}{{.}}{{end}}", "02")]
    public void Renders(string template, string expected)
    {
        var set = new TemplateSet(FunctionTable.Empty);
        Assert.Null(set.Parse("t", template)?.Text);
        var result = set.Execute("t", new MapValue { ["list"] = new ListValue(["x", "y"]) }, new FixedHost());
        Assert.Null(result.Error?.Text);
        Assert.Equal(expected, result.Text);
    }
}
