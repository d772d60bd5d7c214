using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Weir.Values;

namespace Weir.Yaml.Tests;

public sealed class RoundTripTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Sigs_yaml_reads_what_it_wrote() => Holds(value =>
        YamlReader.Read(YamlWriter.Write(value)));

    [Fact]
    public void Go_yaml_v2_reads_what_it_wrote() => Holds(value =>
        YamlReader.Read(
            YamlWriter.Write(value, new YamlWriteOptions { Dialect = YamlDialect.GoYamlV2 }),
            new YamlReadOptions { Dialect = YamlDialect.GoYamlV2 }));

    /// <summary>go-yaml v3 writes a block that begins with a tab and then takes the tab for wrong indentation.</summary>
    [Fact]
    public void Go_yaml_v3_reads_what_it_wrote() => Holds(
        value => YamlReader.Read(YamlWriter.Write(value, YamlWriteOptions.Pretty), new YamlReadOptions { Dialect = YamlDialect.GoYamlV3 }),
        without: "\t");

    [Fact]
    public void JSON_reads_what_it_wrote() => Holds(value => JsonReader.Read(JsonWriter.WriteUtf8(value)));

    /// <summary>JSON does not escape NEL, which is a line break in YAML 1.1.</summary>
    [Fact]
    public void YAML_reads_JSON() => Holds(value => YamlReader.Read(JsonWriter.Write(value)), without: "\u0085");

    [Fact]
    public void No_text_makes_the_reader_throw() => Prop.ForAll(
        Text("").ToArbitrary(),
        text =>
        {
            YamlReader.ReadStream(text);
            YamlReader.ReadStream(text, new YamlReadOptions { Dialect = YamlDialect.GoYamlV3 });
            JsonReader.Read(Encoding.UTF8.GetBytes(text));
        }).Check(Quietly.WithMaxTest(2_000));

    private static void Holds(Func<Value, Parsed<Value>> roundTrip, string without = "") => Prop.ForAll(
        Values(3, Text(without)).ToArbitrary(),
        value =>
        {
            var parsed = roundTrip(value);
            Assert.Null(YamlReader.GoError(parsed.Diagnostics));
            Assert.Equal(value, parsed.Result);
        }).Check(Quietly);

    /// <summary>Texts of the characters that decide how a scalar is written.</summary>
    private static Gen<string> Text(string without)
    {
        var special = "aZ09 \n\t'\"\\:#-?,[]{}&*!|>%@`~._=<+\r\u0085\u00A0\u2028é你\uFFFD".Where(c => !without.Contains(c, StringComparison.Ordinal));
        var character = Gen.OneOf(Gen.Elements(special), Gen.Choose(0x20, 0x7E).Select(c => (char)c));
        return Gen.OneOf(
            Gen.ListOf(character).Select(c => new string([.. c])),
            Gen.Elements("yes", "null", "1e3", "0x1F", "2001-01-01", "<<", "😀", "1:30", "---", "...", " ", "\n", "\n\n", new string('x', 200)));
    }

    private static Gen<Value> Scalar(Gen<string> text) => Gen.OneOf(
        text.Select(t => (Value)t),
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => (Value)(long)n),
        Gen.Elements<Value>(true, false, NullValue.Instance, 1.5, -2.25e-7, 1e300, long.MaxValue, long.MinValue));

    private static Gen<Value> Values(int depth, Gen<string> text) => depth == 0
        ? Scalar(text)
        : Gen.Frequency(
            (2, Scalar(text)),
            (1, Gen.ListOf(Values(depth - 1, text), 3).Select(items => (Value)new ListValue(items))),
            (2, Gen.ListOf(Gen.Zip(Key(text), Values(depth - 1, text)), 3).Select(Map)));

    /// <summary>go-yaml writes the key <c>&lt;&lt;</c> plain and then reads it as a merge.</summary>
    private static Gen<string> Key(Gen<string> text) => text.Where(t => t != "<<");

    private static Value Map(IEnumerable<(string Key, Value Value)> entries)
    {
        var map = new MapValue();
        foreach (var (key, value) in entries)
        {
            map[key] = value;
        }

        return map;
    }
}
