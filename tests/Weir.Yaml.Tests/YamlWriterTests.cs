using Weir.Values;

namespace Weir.Yaml.Tests;

public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain text", "plain text")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("123", "\"123\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("0x1", "\"0x1\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2015-02-24", "\"2015-02-24\"")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("-", "'-'")]
    [InlineData("- a", "'- a'")]
    [InlineData("-a", "-a")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("a:", "'a:'")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("a#b", "a#b")]
    [InlineData("#a", "'#a'")]
    [InlineData(" a", "' a'")]
    [InlineData("a ", "'a '")]
    [InlineData("it's", "it's")]
    [InlineData("'it''s", "'''it''''s'")]
    [InlineData("{a}", "'{a}'")]
    [InlineData("---", "'---'")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("😀", "\"\\U0001F600\"")]
    [InlineData("你好", "你好")]
    [InlineData("a\u0085b", "\"a\\Nb\"")]
    [InlineData("\uFEFFab", "\"\\uFEFF\\x61\\x62\"")]
    [InlineData("a\nb", "|-\n  a\n  b")]
    [InlineData("a\nb\n", "|\n  a\n  b")]
    [InlineData("a\nb\n\n", "|+\n  a\n  b\n")]
    [InlineData(" a\nb", "|2-\n   a\n  b")]
    [InlineData("a \nb", "\"a \\nb\"")]
    [InlineData("a\tb\nc", "\"a\\tb\\nc\"")]
    public void Quotes_a_string_as_go_yaml_v2_does(string text, string expected) =>
        Assert.Equal(expected + "\n", YamlWriter.Write(text));

    [Theory]
    [InlineData(1000000, "1000000")]
    [InlineData(1234567.5, "1.2345675e+06")]
    [InlineData(1e20, "1e+20")]
    [InlineData(1e19, "10000000000000000000")]
    [InlineData(0.000001, "1e-06")]
    [InlineData(1, "1")]
    public void Whole_floats_become_integers_on_the_way_through_JSON(double value, string expected) =>
        Assert.Equal(expected + "\n", YamlWriter.Write(value));

    [Fact]
    public void Lists_stand_under_their_key_without_indentation() =>
        Assert.Equal("a:\n- b\n- - c\n  - d: 1\n    e: {}\n- []\n", Written("a: [b, [c, {d: 1, e: {}}], []]"));

    [Fact]
    public void Keys_are_sorted_as_people_count() =>
        Assert.Equal("_x: 0\nB: 0\na1: 0\na2: 0\na10: 0\nb: 0\n", Written("{b: 0, a10: 0, a2: 0, a1: 0, _x: 0, B: 0}"));

    [Fact]
    public void Long_lines_are_folded_at_the_first_space_past_80_columns()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 20));

        Assert.Equal(
            "a: word word word word word word word word word word word word word word word word\n  word word word word\n",
            YamlWriter.Write(new MapValue { ["a"] = words }));
        Assert.Equal($"a: {words}\n", YamlWriter.Write(new MapValue { ["a"] = words }, YamlWriteOptions.Pretty));
    }

    [Fact]
    public void Keys_over_128_bytes_are_explicit()
    {
        var key = new string('k', 129);

        Assert.Equal($"? {key}\n: - a\n", YamlWriter.Write(new MapValue { [key] = new ListValue(["a"]) }));
    }

    [Fact]
    public void Pretty_indents_lists_and_keeps_floats() =>
        Assert.Equal("a:\n  - 1e+06\n  - b:\n      - c\n", YamlWriter.Write(
            new MapValue { ["a"] = new ListValue([1000000.0, new MapValue { ["b"] = new ListValue(["c"]) }]) },
            YamlWriteOptions.Pretty));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_binary_unless_JSON_replaced_them()
    {
        var value = new MapValue { ["a"] = GoString.FromBytes([0x80, 0x81, 0x82]) };

        Assert.Equal("a: !!binary gIGC\n", YamlWriter.Write(value, new YamlWriteOptions { Dialect = YamlDialect.GoYamlV2 }));
        Assert.Equal("a: \uFFFD\uFFFD\uFFFD\n", YamlWriter.Write(value));
    }

    [Fact]
    public void Depth_does_not_matter()
    {
        Value value = "x";
        for (var i = 0; i < 50_000; i++)
        {
            value = new ListValue([value]);
        }

        Assert.StartsWith("- - - ", YamlWriter.Write(value), StringComparison.Ordinal);
        Assert.StartsWith("[[[", JsonWriter.Write(value), StringComparison.Ordinal);
    }

    private static string Written(string text) => YamlWriter.Write(YamlReader.Read(text).Result!);
}
