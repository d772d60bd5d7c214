using Weir.Values;

namespace Weir.Helm.Tests.Values;

public sealed class StringValuesTests
{
    [Theory]
    [InlineData("a=1,b.c=two", """{"a":1,"b":{"c":"two"}}""")]
    [InlineData("a=true,b=FALSE,c=null", """{"a":true,"b":false,"c":null}""")]
    [InlineData("port=08080", """{"port":"08080"}""")]
    [InlineData("ratio=1.5", """{"ratio":"1.5"}""")]
    [InlineData("list={a,b,3}", """{"list":["a","b",3]}""")]
    [InlineData("list={}", """{"list":[""]}""")]
    [InlineData("list[1].name=x", """{"list":[null,{"name":"x"}]}""")]
    [InlineData("grid[0][1]=x", """{"grid":[[null,"x"]]}""")]
    [InlineData(@"host=a\.b\,c,node\.kubernetes\.io/role=db", """{"host":"a.b,c","node.kubernetes.io/role":"db"}""")]
    [InlineData("empty=", """{"empty":""}""")]
    public void Sets_typed_values(string text, string expected)
    {
        var into = new MapValue();
        Assert.Null(StringValues.Parse(text, into));
        Assert.Equal(expected, TestCharts.Json(into));
    }

    [Theory]
    [InlineData("a", "key \"a\" has no value")]
    [InlineData("a,b=1", "key \"a\" has no value (cannot end with ,)")]
    [InlineData("a={b", "list must terminate with '}'")]
    [InlineData("a[x]=1", "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("a[-1]=1", "negative -1 index not allowed")]
    [InlineData("a[65537]=1", "index of 65537 is greater than maximum supported index of 65536")]
    public void Says_what_is_wrong(string text, string expected) => Assert.Equal(expected, StringValues.Parse(text, new MapValue()));

    [Fact]
    public void Goes_no_deeper_than_thirty_names()
    {
        Assert.Null(StringValues.Parse(string.Join('.', Enumerable.Repeat("a", 31)) + "=1", new MapValue()));
        Assert.Equal(
            "value name nested level is greater than maximum supported nested level of 30",
            StringValues.Parse(string.Join('.', Enumerable.Repeat("a", 32)) + "=1", new MapValue()));
    }

    [Fact]
    public void Lays_itself_over_what_is_there()
    {
        var into = TestCharts.Map("{image: {repository: nginx, tag: \"1\"}, list: [a, b]}");
        Assert.Null(StringValues.Parse("image.tag=2,list[1]=c", into));
        Assert.Equal("""{"image":{"repository":"nginx","tag":2},"list":["a","c"]}""", TestCharts.Json(into));
    }

    [Fact]
    public void Keeps_strings_as_strings()
    {
        var into = new MapValue();
        Assert.Null(StringValues.ParseString("a=1,b=true", into));
        Assert.Equal("""{"a":"1","b":"true"}""", TestCharts.Json(into));
    }

    [Fact]
    public void Takes_literals_to_the_end_of_the_text()
    {
        var into = new MapValue();
        Assert.Null(StringValues.ParseLiteral(@"a.b=x,y={z}\", into));
        Assert.Equal("""{"a":{"b":"x,y={z}\\"}}""", TestCharts.Json(into));
    }

    [Fact]
    public void Reads_json_values()
    {
        var into = new MapValue();
        Assert.Null(StringValues.ParseJson("""a={"b":[1,2]},c=null""", into));
        Assert.Equal("""{"a":{"b":[1,2]},"c":null}""", TestCharts.Json(into));
    }

    [Fact]
    public void Reads_files_through_the_function_given()
    {
        var into = new MapValue();
        Assert.Null(StringValues.ParseFile("a=one.txt", into, path => (new StringValue($"content of {path}"), null)));
        Assert.Equal("""{"a":"content of one.txt"}""", TestCharts.Json(into));
        Assert.Equal("no such file", StringValues.ParseFile("a=two.txt", into, _ => (null, "no such file")));
    }
}
