using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Yaml;

/// <summary>The rows of the table tests of go-yaml v2, go-yaml v3 and sigs.k8s.io/yaml.</summary>
public sealed class YamlTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Reads_and_writes_as_go_yaml_v2_does() => Run("Yaml.goyaml_v2.jsonl", GoYaml(YamlDialect.GoYamlV2));

    [Fact]
    public void Reads_and_writes_as_go_yaml_v3_does() => Run("Yaml.goyaml_v3.jsonl", GoYaml(YamlDialect.GoYamlV3));

    [Fact]
    public void Reads_and_writes_as_sigs_yaml_does() => Run("Yaml.k8syaml.jsonl", SigsYaml);

    private void Run(string file, Func<TableRow, Func<string?>?> compare)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var known = Path.Combine(TestData.ProjectDirectory(typeof(YamlTableTests).Assembly), "Yaml", "known-differences.txt");
        var suite = new ConformanceSuite(file, known);
        foreach (var row in TableRow.Read(file))
        {
            if (row.IsIncomplete || compare(row) is not { } difference)
            {
                suite.Skip(row.Id);
            }
            else
            {
                suite.Take(row.Id, difference);
            }
        }

        output.WriteLine(suite.Summary);
        Assert.True(suite.IsGreen, suite.Summary + "\n" + suite.Failures);
    }

    private static Func<TableRow, Func<string?>?> GoYaml(YamlDialect dialect) => row => row.Table switch
    {
        "unmarshalTests" or "unmarshalerTests" => () => Unmarshal(row, dialect),
        "decoderTests" => () => Decode(row, dialect),
        "unmarshalErrorTests" or "unmarshalStrictTests" => () => Error(row, dialect, row.Row.GetProperty("error").GetString()!),
        "limitTests" => () => Limit(row, dialect),

        // Go structs choose order, omission and flow style by their tags.
        "marshalTests" or "marshalerTests" when !GoLiteral.IsTyped(row.Row.GetProperty("value")) => () => Marshal(row, dialect),
        _ => null,
    };

    private static string? Unmarshal(TableRow row, YamlDialect dialect)
    {
        var parsed = YamlReader.Read(GoString.ToBytes(row.Text("data")), new YamlReadOptions { Dialect = dialect });
        var value = row.Table == "unmarshalerTests" ? parsed.Result?.At("_") : parsed.Result;
        if (parsed.HasErrors)
        {
            return YamlReader.GoError(parsed.Diagnostics);
        }

        return GoLiteral.Matches(row.Row.GetProperty("value"), value)
            ? null
            : $"{row.Row.GetProperty("data")}\n  expected {row.Row.GetProperty("value")}\n  got {GoLiteral.Show(value)}";
    }

    private static string? Decode(TableRow row, YamlDialect dialect)
    {
        var parsed = YamlReader.ReadStream(row.Text("data"), new YamlReadOptions { Dialect = dialect });
        var expected = row.Row.GetProperty("values");
        var count = expected.ValueKind == JsonValueKind.Null ? 0 : expected.GetArrayLength();
        if (parsed.HasErrors || parsed.Result!.Count != count)
        {
            return $"{parsed.Result!.Count} documents, {YamlReader.GoError(parsed.Diagnostics)}";
        }

        for (var i = 0; i < count; i++)
        {
            if (!GoLiteral.Matches(expected[i], parsed.Result[i]))
            {
                return $"document {i}: {GoLiteral.Show(parsed.Result[i])}";
            }
        }

        return null;
    }

    private static string? Error(TableRow row, YamlDialect dialect, string pattern)
    {
        var strict = row.Table == "unmarshalStrictTests";
        var parsed = YamlReader.Read(row.Text("data"), new YamlReadOptions { Dialect = dialect, DuplicateKeysAreErrors = strict });
        var error = YamlReader.GoError(parsed.Diagnostics) ?? "";
        return Regex.IsMatch(error, $"^(?:{pattern})$") ? null : $"expected {pattern}\n  got {error}";
    }

    private static string? Limit(TableRow row, YamlDialect dialect)
    {
        var parsed = YamlReader.Read(row.Text("data"), new YamlReadOptions { Dialect = dialect });
        var error = YamlReader.GoError(parsed.Diagnostics);
        var expected = row.Row.TryGetProperty("error", out var e) ? e.GetString() : null;
        return (error ?? "") == (expected ?? "") ? null : $"expected {expected}\n  got {error}";
    }

    private static string? Marshal(TableRow row, YamlDialect dialect)
    {
        var value = GoLiteral.ToValue(row.Row.GetProperty("value"));
        if (row.Table == "marshalerTests")
        {
            value = new MapValue { ["_"] = value };
        }

        var written = YamlWriter.Write(value, new YamlWriteOptions { Dialect = dialect, Indent = dialect == YamlDialect.GoYamlV3 ? 4 : 2 });
        return written == row.Text("data") ? null : $"expected {row.Text("data")}\n  got {written}";
    }

    private static Func<string?>? SigsYaml(TableRow row) => row.Table switch
    {
        "TestYAMLToJSON" => () => YamlToJson(row),
        "TestYAMLToJSONStrictFails" => () => StrictFails(row),
        "TestErrors" when row.Text("YAMLToJSONStrictPrefix").Length > 0 || row.Text("YAMLToJSONPrefix").Length > 0 => () => Prefixes(row),
        "TestUnmarshal" when !IsTypedTarget(row) => () => Unmarshal(row, "encoded", "decoded"),
        _ => null,
    };

    /// <summary>Matching of names without case and numbers into strings need the Go struct.</summary>
    private static bool IsTypedTarget(TableRow row) => GoLiteral.IsTyped(row.Row.GetProperty("decodeInto"));

    private static string? Unmarshal(TableRow row, string text, string expected)
    {
        var parsed = YamlReader.Read(row.Text(text));
        return GoLiteral.Matches(row.Row.GetProperty(expected), parsed.Result) ? null : GoLiteral.Show(parsed.Result);
    }

    private static string? YamlToJson(TableRow row)
    {
        var parsed = YamlReader.Read(row.Text("yaml"));
        var mustFail = row.Row.GetProperty("err").GetInt32() != 0;
        if (mustFail || parsed.HasErrors)
        {
            return mustFail == parsed.HasErrors ? null : $"error: {YamlReader.GoError(parsed.Diagnostics)}";
        }

        var json = JsonWriter.Write(parsed.Result!);
        if (json != row.Text("json"))
        {
            return $"expected {row.Text("json")}\n  got {json}";
        }

        var expected = row.Row.GetProperty("yamlReverseOverwrite") is { ValueKind: JsonValueKind.String } other
            ? other.GetString()
            : row.Text("yaml");
        var written = YamlWriter.Write(parsed.Result!);
        return written == expected ? null : $"expected {expected}\n  got {written}";
    }

    private static string? StrictFails(TableRow row)
    {
        var parsed = YamlReader.Read(row.Text("yaml"), new YamlReadOptions { DuplicateKeysAreErrors = true });
        return parsed.HasErrors ? null : "no error";
    }

    private static string? Prefixes(TableRow row)
    {
        foreach (var (property, strict) in new[] { ("YAMLToJSONPrefix", false), ("YAMLToJSONStrictPrefix", true) })
        {
            var parsed = YamlReader.Read(row.Text("Data"), new YamlReadOptions { DuplicateKeysAreErrors = strict });
            var error = YamlReader.GoError(parsed.Diagnostics) ?? "";
            var prefix = row.Text(property);
            if (prefix.Length == 0 ? error.Length != 0 : !error.StartsWith(prefix, StringComparison.Ordinal))
            {
                return $"expected {prefix}\n  got {error}";
            }
        }

        return null;
    }
}
