using Weir.Values;

namespace Weir.Yaml.Tests;

public sealed class YamlReaderTests
{
    private static readonly YamlReadOptions Strict = new() { DuplicateKeysAreErrors = true };

    [Theory]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: 0777", """{"a":511}""")]
    [InlineData("a: 0o17", """{"a":15}""")]
    [InlineData("a: 08", """{"a":8}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: 12:30:45", """{"a":"12:30:45"}""")]
    [InlineData("a: 2001-12-14", """{"a":"2001-12-14"}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    [InlineData("a: !!int '3'", """{"a":3}""")]
    [InlineData("a: !!binary aGk=", """{"a":"hi"}""")]
    [InlineData("a: !custom x", """{"a":"x"}""")]
    [InlineData("1: a\nyes: b\n1.5: c\n", """{"1":"a","1.5":"c","true":"b"}""")]
    [InlineData("a:\n- b\n- c: d\n  e:\n  - f\n", """{"a":["b",{"c":"d","e":["f"]}]}""")]
    [InlineData("? a\n: b\n", """{"a":"b"}""")]
    [InlineData("[a: b, {c}, ]", """[{"a":"b"},{"c":null}]""")]
    [InlineData("a: |\n  x\n   y\n\n", """{"a":"x\n y\n"}""")]
    [InlineData("a: >-\n  x\n  y\n\n  z\n", """{"a":"x y\nz"}""")]
    [InlineData("a: |2+\n   x\n\n", """{"a":" x\n\n"}""")]
    [InlineData("a: \"x\\\n  y\\u00e9\\x41\"", "{\"a\":\"xyéA\"}")]
    [InlineData("a: x\n  y\n\n  z\nb: 1", """{"a":"x y\nz","b":1}""")]
    [InlineData("a: 'it''s'", """{"a":"it's"}""")]
    [InlineData("a: http://x#y #z", """{"a":"http://x#y"}""")]
    [InlineData("a: &x {b: 1}\nc: *x\n", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3\n", """{"a":{"b":1,"c":2},"d":{"b":3,"c":2}}""")]
    [InlineData("a:\n  b: 3\n  <<: {b: 1}\n", """{"a":{"b":1}}""")]
    [InlineData("a:\n  <<: [{b: 1}, {b: 2, c: 2}]\n", """{"a":{"b":1,"c":2}}""")]
    [InlineData("%YAML 1.1\n%TAG !y! tag:yaml.org,2002:\n---\na: !y!int '1'\n", """{"a":1}""")]
    public void Reads_as_sigs_yaml_does(string text, string expected)
    {
        var parsed = YamlReader.Read(text);

        Assert.Null(YamlReader.GoError(parsed.Diagnostics));
        Assert.Equal(expected, JsonWriter.Write(parsed.Result!));
    }

    [Theory]
    [InlineData("a: yes", """{"a":"yes"}""")]
    [InlineData("a: On\nb: true", """{"a":"On","b":true}""")]
    [InlineData("a: 0o17", """{"a":15}""")]
    [InlineData("a: 2001-12-14", """{"a":"2001-12-14T00:00:00Z"}""")]
    [InlineData("a:\n  b: 3\n  <<: {b: 1, c: 2}\n", """{"a":{"b":3,"c":2}}""")]
    public void Reads_as_go_yaml_v3_does(string text, string expected)
    {
        var parsed = YamlReader.Read(text, new YamlReadOptions { Dialect = YamlDialect.GoYamlV3 });

        Assert.Equal(expected, JsonWriter.Write(parsed.Result!));
    }

    [Theory]
    [InlineData("a: b: c", "yaml: mapping values are not allowed in this context")]
    [InlineData("x: 1\na: b: c", "yaml: line 2: mapping values are not allowed in this context")]
    [InlineData("a:\n  - b\n c: d\n", "yaml: line 2: did not find expected key")]
    [InlineData("a: @b", "yaml: found character that cannot start any token")]
    [InlineData("a:\n\t- b", "yaml: line 2: found character that cannot start any token")]
    [InlineData("a: [b", "yaml: line 1: did not find expected ',' or ']'")]
    [InlineData("a: 'b", "yaml: found unexpected end of stream")]
    [InlineData("a: *b", "yaml: unknown anchor 'b' referenced")]
    [InlineData("a: &a [*a]", "yaml: anchor 'a' value contains itself")]
    [InlineData("a: {{ .Values.x }}", "yaml: invalid map key: map[interface {}]interface {}{\".Values.x\":interface {}(nil)}")]
    [InlineData("a:\n  1:\nb\n  2:", "yaml: line 4: could not find expected ':'")]
    [InlineData("a: !!int x", "yaml: cannot decode !!str `x` as a !!int")]
    [InlineData("<<: 1", "yaml: map merge requires map or sequence of maps as the value")]
    [InlineData("a: .inf", "json: unsupported value: +Inf")]
    [InlineData("a: \u0001", "yaml: control characters are not allowed")]
    public void Tells_what_is_wrong_in_the_words_of_go_yaml(string text, string expected) =>
        Assert.Equal(expected, YamlReader.GoError(YamlReader.Read(text).Diagnostics));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_told()
    {
        Assert.Equal("yaml: invalid leading UTF-8 octet", YamlReader.GoError(YamlReader.Read([.. "a: "u8, 0xFF]).Diagnostics));
        Assert.Equal("yaml: incomplete UTF-8 octet sequence", YamlReader.GoError(YamlReader.Read([.. "a: "u8, 0xC3]).Diagnostics));
        Assert.Equal("yaml: invalid trailing UTF-8 octet", YamlReader.GoError(YamlReader.Read([0xC3, .. "a: "u8]).Diagnostics));
    }

    [Fact]
    public void A_key_that_stands_twice_is_a_warning_and_the_last_one_counts()
    {
        var parsed = YamlReader.Read("a: 1\nb: 2\na: 3\n");

        var warning = Assert.Single(parsed.Diagnostics);
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Equal(new SourceSpan(null, 3, 1), warning.Span);
        Assert.Equal("""{"a":3,"b":2}""", JsonWriter.Write(parsed.Result!));
    }

    [Fact]
    public void A_key_that_stands_twice_is_an_error_when_asked_for()
    {
        var parsed = YamlReader.Read("a: 1\nb: 2\na: 3\nb: 1\n", Strict);

        Assert.True(parsed.HasErrors);
        Assert.Equal(
            "yaml: unmarshal errors:\n  line 3: key \"a\" already set in map\n  line 4: key \"b\" already set in map",
            YamlReader.GoError(parsed.Diagnostics));
    }

    [Fact]
    public void Values_and_keys_know_where_they_stand()
    {
        var map = (MapValue)YamlReader.Read("a:\n  bc: x\n", new YamlReadOptions { File = "f.yaml" }).Result!;

        Assert.Equal(new SourceSpan("f.yaml", 2, 3), map.GetMap("a")!.KeySpan("bc"));
        Assert.Equal(new SourceSpan("f.yaml", 2, 7), map.At("a", "bc")!.Span);
    }

    [Fact]
    public void A_stream_has_as_many_documents_as_Go_finds()
    {
        Assert.Empty(YamlReader.ReadStream("").Result!);
        Assert.Empty(YamlReader.ReadStream("# nothing\n").Result!);
        Assert.Equal(2, YamlReader.ReadStream("---\n---\na: b\n").Result!.Count);
        Assert.Equal(3, YamlReader.ReadStream("a\n---\nb\n...\n---\nc\n").Result!.Count);
    }

    [Fact]
    public void Reading_one_document_does_not_look_at_the_next() =>
        Assert.False(YamlReader.Read("---\nhello\n...\n}not yaml").HasErrors);

    [Fact]
    public void Numbers_become_floats_when_asked_for_but_keys_do_not()
    {
        var parsed = YamlReader.Read("1000000: 1000000", new YamlReadOptions { NumbersAsFloat = true });

        Assert.Equal("map[1000000:1e+06]", parsed.Result!.ToString());
    }

    [Fact]
    public void Aliases_cannot_blow_a_document_up()
    {
        var text = "a: &a [x,x,x,x,x,x,x,x,x]\n";
        foreach (var (name, previous) in "bcdefghi".Zip("abcdefgh"))
        {
            text += $"{name}: &{name} [{string.Join(',', Enumerable.Repeat($"*{previous}", 9))}]\n";
        }

        Assert.Equal("yaml: document contains excessive aliasing", YamlReader.GoError(YamlReader.Read(text).Diagnostics));
    }

    [Fact]
    public void Depth_has_a_limit()
    {
        var deep = new string('[', 2_000) + new string(']', 2_000);

        Assert.Equal("yaml-too-deep", YamlReader.Read(deep).Diagnostics[0].Code);
        Assert.False(YamlReader.Read(deep, new YamlReadOptions { MaxDepth = 3_000 }).HasErrors);
    }

    [Fact]
    public void Size_has_a_limit() =>
        Assert.Equal("yaml-too-large", YamlReader.Read("a: bcdef", new YamlReadOptions { MaxBytes = 4 }).Diagnostics[0].Code);

    [Fact]
    public void Aliases_share_nothing()
    {
        var map = (MapValue)YamlReader.Read("a: &x {b: 1}\nc: *x\n").Result!;

        map.GetMap("a")!["b"] = 2;

        Assert.Equal(1, map.GetMap("c")!.GetInt("b"));
    }
}
