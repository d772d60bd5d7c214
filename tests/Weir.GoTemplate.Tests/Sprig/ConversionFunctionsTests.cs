using Weir.Values;

namespace Weir.GoTemplate.Tests.Sprig;

public sealed class ConversionFunctionsTests
{
    [Theory]
    [InlineData("{{ b64enc \"héllo\" }} {{ b64dec \"aMOpbGxv\" }} {{ b64dec \"aGk\" }} {{ b64dec \"a!\" }}", "aMOpbGxv héllo illegal base64 data at input byte 0 illegal base64 data at input byte 1")]
    [InlineData("{{ b64dec \"aGVs\\nbG8=\" }} {{ b64dec \"aGk=x\" }} {{ b64dec \"ab=\" }}", "hello illegal base64 data at input byte 4 illegal base64 data at input byte 3")]
    [InlineData("{{ b32enc \"hi\" }} {{ b32dec \"NBUQ====\" }}", "NBUQ==== hi")]
    [InlineData("{{ adler32sum \"hello\" }} {{ sha1sum \"\" }}", "103547413 da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("{{ toJson (dict \"b\" \"<&>\" \"a\" 1000000.0) }}", "{\"a\":1000000,\"b\":\"\\u003c\\u0026\\u003e\"}")]
    [InlineData("{{ toRawJson (list \"<\" 1e21 1.5) }}", "[\"<\",1e+21,1.5]")]
    [InlineData("{{ toPrettyJson (dict \"a\" (list 1)) }}", "{\n  \"a\": [\n    1\n  ]\n}")]
    [InlineData("{{ fromJson \"{\\\"a\\\": 1}\" }} {{ fromJson \"[1]\" }} {{ fromJson \"null\" | toJson }}", "map[a:1] map[Error:json: cannot unmarshal array into Go value of type map[string]interface {}] null")]
    [InlineData("{{ fromJsonArray \"[1, \\\"a\\\"]\" }} {{ fromJsonArray \"{\" }}", "[1 a] [unexpected end of JSON input]")]
    [InlineData("{{ (mustFromJson \"3\") | typeOf }}", "float64")]
    [InlineData("{{ toYaml (dict \"b\" (list 1 \"x\") \"a\" 1000000.0 \"c\" (dict)) }}", "a: 1000000\nb:\n- 1\n- x\nc: {}")]
    [InlineData("{{ toYamlPretty (dict \"b\" (list 1 \"x\")) }}", "b:\n  - 1\n  - x")]
    [InlineData("{{ fromYaml \"a: yes\\nb: 1\" }} {{ fromYaml \"- 1\" }}", "map[a:true b:1] map[Error:error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}]")]
    [InlineData("{{ fromYamlArray \"- 1\\n- a\" }} {{ typeOf (index (fromYaml \"a: 1\") \"a\") }}", "[1 a] float64")]
    [InlineData("{{ toYaml nil }} {{ fromYaml \"\" | toYaml }}", "null {}")]
    [InlineData("{{ semver \"1.2.3-rc.1+b\" }} {{ (semver \"v1.2\").Minor }} {{ (semver \"v1.2\").Original }} {{ semver \"1.2.3\" | toJson }}", "1.2.3-rc.1+b 2 v1.2 \"1.2.3\"")]
    public void Print_what_sprig_and_Helm_print(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Fact]
    public void Broken_YAML_becomes_an_error_entry() =>
        Assert.StartsWith("error converting YAML to JSON: yaml: ", Rendered.Text("{{ (fromYaml \"a: [\").Error }}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ mustToJson .f }}", "error calling mustToJson: json: unsupported value: NaN")]
    [InlineData("{{ mustToYaml .f }}", "error calling mustToYaml: error marshaling into JSON: json: unsupported value: NaN")]
    [InlineData("{{ mustFromJson \"{\" }}", "error calling mustFromJson: unexpected end of JSON input")]
    [InlineData("{{ semver \"x\" }}", "error calling semver: invalid semantic version")]
    public void Fail_as_Go_does(string template, string message) =>
        Assert.Contains(message, Rendered.Error(template, new MapValue { ["f"] = double.NaN }), StringComparison.Ordinal);
}
