using System.Text;
using Weir.Values;

namespace Weir.Yaml.Tests;

public sealed class JsonTests
{
    [Theory]
    [InlineData("""{"a":[1,-2.5,true,null,"x"],"b":{}}""")]
    [InlineData("""[[],{},"",0]""")]
    public void What_is_read_is_written_again(string text) =>
        Assert.Equal(text, JsonWriter.Write(JsonReader.Read(text).Result!));

    [Theory]
    [InlineData("1e3", "1000")]
    [InlineData("1.0", "1")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("18446744073709551615", "18446744073709552000")]
    [InlineData("123456789012345678901234567890", "1.2345678901234568e+29")]
    [InlineData("-0", "0")]
    public void Numbers_have_Gos_form(string text, string expected) =>
        Assert.Equal(expected, JsonWriter.Write(JsonReader.Read(text).Result!));

    [Fact]
    public void Strings_are_escaped_as_in_Go()
    {
        Value value = "<a>&\u2028\"\\\b\f\n\r\t\u0001\u007f😀é" + GoString.FromBytes([0xFF]);

        Assert.Equal("\"\\u003ca\\u003e\\u0026\\u2028\\\"\\\\\\b\\f\\n\\r\\t\\u0001\u007f😀é\\ufffd\"", JsonWriter.Write(value));
        Assert.Equal("\"<a>&\"", JsonWriter.Write("<a>&", new JsonWriteOptions { EscapeHtml = false }));
    }

    [Fact]
    public void Indented_text_is_that_of_MarshalIndent() => Assert.Equal(
        "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}",
        JsonWriter.Write(JsonReader.Read("""{"b":[],"a":[1,{}]}""").Result!, new JsonWriteOptions { Indent = "  " }));

    [Fact]
    public void The_maps_own_order_is_kept_when_asked_for() => Assert.Equal(
        """{"b":1,"a":2}""",
        JsonWriter.Write(new MapValue { ["b"] = 1, ["a"] = 2 }, new JsonWriteOptions { KeepOrder = true }));

    [Theory]
    [InlineData("", "unexpected end of JSON input", 1, 1)]
    [InlineData("{\"a\":", "unexpected end of JSON input", 1, 6)]
    [InlineData("{\n \"a\" 1}", "invalid character '1' after object key", 2, 6)]
    [InlineData("{a}", "invalid character 'a' looking for beginning of object key string", 1, 2)]
    [InlineData("[1 2]", "invalid character '2' after array element", 1, 4)]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value", 1, 4)]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string", 1, 8)]
    [InlineData("1 2", "invalid character '2' after top-level value", 1, 3)]
    [InlineData("01", "invalid character '1' after top-level value", 1, 2)]
    [InlineData("-a", "invalid character 'a' in numeric literal", 1, 2)]
    [InlineData("1.a", "invalid character 'a' after decimal point in numeric literal", 1, 3)]
    [InlineData("1ea", "invalid character 'a' in exponent of numeric literal", 1, 3)]
    [InlineData("trux", "invalid character 'x' in literal true (expecting 'e')", 1, 4)]
    [InlineData("\"\n\"", "invalid character '\\n' in string literal", 1, 2)]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code", 1, 3)]
    [InlineData("\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape", 1, 6)]
    public void Tells_what_is_wrong_in_Gos_words(string text, string message, int line, int column)
    {
        var problem = Assert.Single(JsonReader.Read(text).Diagnostics);

        Assert.Equal(message, problem.Message);
        Assert.Equal((line, column), (problem.Span.Line, problem.Span.Column));
    }

    [Fact]
    public void Half_a_pair_and_bad_bytes_become_the_replacement_character()
    {
        Assert.Equal("\uFFFDx", ((StringValue)JsonReader.Read("\"\\ud800x\"").Result!).Value);
        Assert.Equal("😀", ((StringValue)JsonReader.Read("\"\\ud83d\\ude00\"").Result!).Value);
        Assert.Equal("a\uFFFDb", ((StringValue)JsonReader.Read([.. "\"a"u8, 0xFF, .. "b\""u8]).Result!).Value);
    }

    [Fact]
    public void The_last_of_equal_keys_counts() =>
        Assert.Equal("""{"a":2}""", JsonWriter.Write(JsonReader.Read("""{"a":1,"a":2}""").Result!));

    [Fact]
    public void Depth_has_Gos_limit()
    {
        Assert.False(JsonReader.Read(new string('[', 10_000) + new string(']', 10_000)).HasErrors);
        Assert.Equal("exceeded max depth", JsonReader.Read(Encoding.UTF8.GetBytes(new string('[', 10_001))).Diagnostics[0].Message);
    }

    [Fact]
    public void Places_are_known_when_the_text_has_a_name()
    {
        var map = (MapValue)JsonReader.Read("{\n  \"a\": 1}", "f.json").Result!;

        Assert.Equal(new SourceSpan("f.json", 2, 8), map["a"]!.Span);
    }
}
