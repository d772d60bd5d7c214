using System.Text.Json;
using Weir.Kustomize;
using Weir.Kustomize.Generators;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Selecting;
using Weir.Kustomize.Transformers;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>The tables of ids, paths, hashes, addresses and key-value files.</summary>
public sealed class NameTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Hashes() => TableSuite.Run("k_api_hasher", output, (table, row) => table switch
    {
        "TestConfigMapHash" => () => Hash(row, "cmYaml", "hash", ContentHash.Of),
        "TestSecretHash" => () => Hash(row, "secretYaml", "hash", ContentHash.Of),
        "TestEncodeConfigMap" => () => Hash(row, "cmYaml", "expect", ContentHash.Encode),
        "TestEncodeSecret" => () => Hash(row, "secretYaml", "expect", ContentHash.Encode),
        _ => null,
    });

    [Fact]
    public void Repository_addresses() => TableSuite.Run("k_api_internal_git", output, (table, row) => table switch
    {
        "TestNewRepoSpecFromUrlErrors" => () =>
        {
            var spec = RepositorySpec.Parse(row.GetProperty("url").GetString()!, out var error);
            return spec is null && error!.Contains(row.GetProperty("error").GetString()!, StringComparison.Ordinal) ? null : $"got {spec} {error}";
        },
        "TestNewRepoSpecFromUrl_Smoke" => () => Address(row),
        "TestParseQuery" => () => RepositorySpec.ParseQuery(row.GetProperty("input").GetString()!).Ref == row.GetProperty("ref").GetString()
            ? null
            : RepositorySpec.ParseQuery(row.GetProperty("input").GetString()!).ToString(),
        _ => null,
    });

    [Fact]
    public void Key_value_sources() => TableSuite.Run("k_api_kv", output, (table, row) => table == "TestKeyValuesFromLines" ? () => Lines(row) : null);

    [Fact]
    public void File_sources() => TableSuite.Run("k_api_internal_generators", output, (table, row) => table == "TestParseFileSource" ? () => FileSource(row) : null);

    [Fact]
    public void Paths() => TableSuite.Run("k_kyaml_utils", output, (table, row) => table switch
    {
        "TestPathSplitter" => () => Same(row.GetProperty("exp"), FieldPath.Split(row.GetProperty("path").GetString()!, '/')),
        "TestSmarterPathSplitter" => () => Same(row.GetProperty("expected"), FieldPath.SplitBracketed(row.GetProperty("input").GetString()!)),
        _ => null,
    });

    [Fact]
    public void Ids() => TableSuite.Run("k_kyaml_resid", output, (table, row) => table switch
    {
        "lessThanTests" => () => KindOrder.Default.Compare(Harness.Kind(row.GetProperty("x1")), Harness.Kind(row.GetProperty("x2"))) < 0 ? null : "is not less",
        "stringTests" => () => Same(row.GetProperty("s"), Harness.Kind(row.GetProperty("x")).ToIdText()),
        "resIdStringTests" => () => Same(row.GetProperty("s"), Harness.Id(row.GetProperty("x")).ToString()),
        "TestResIdEquals" => () => Harness.Id(row.GetProperty("id1")).IsSame(Harness.Id(row.GetProperty("id2"))) == row.GetProperty("equals").GetBoolean()
            ? null
            : "differs",
        "TestResIdIsSelected" => () => Selected(row),
        _ => null,
    });

    [Fact]
    public void Selectors() => TableSuite.Run("k_api_types", output, (table, row) => table switch
    {
        "TestSelectorRegexMatchGvk" => () => Match(row, new ResourceId(Harness.Kind(row.GetProperty("G")), "", ""), "group", "version", "kind"),
        "TestSelectorRegexMatchName" => () => Match(row, new ResourceId(KindExtensions.Any, row.GetProperty("Name").GetString()!, ""), "name"),
        "TestSelectorRegexMatchNamespace" => () => Match(row, new ResourceId(KindExtensions.Any, "", row.GetProperty("Namespace").GetString()!), "namespace"),
        _ => null,
    });

    [Fact]
    public void Merge_keys() => TableSuite.Run("k_kyaml_yaml", output, (table, row) => table switch
    {
        "TestDeAnchorMerge" => () => Merged(row),
        _ => null,
    });

    private static string? Hash(JsonElement row, string input, string expected, Func<Resource, string> compute)
    {
        if (Harness.Text(row, "err") is { Length: > 0 })
        {
            // kustomize cannot fail on these either; the rows test the JSON library.
            return null;
        }

        var resource = new Harness().Read(row.GetProperty(input).GetString()!)[0];
        return Same(row.GetProperty(expected), compute(resource));
    }

    private static string? Address(JsonElement row)
    {
        var spec = RepositorySpec.Parse(row.GetProperty("input").GetString()!, out var error);
        if (spec is null)
        {
            return error;
        }

        var wanted = row.GetProperty("repoSpec");
        var (path, reference) = (Harness.Text(wanted, "KustRootPath") ?? "", Harness.Text(wanted, "Ref") ?? "");
        return spec.CloneUrl == row.GetProperty("cloneSpec").GetString() && spec.Path == path && spec.Ref == reference ? null : spec.ToString();
    }

    private static string? Lines(JsonElement row)
    {
        var pairs = KeyValueReader.ParseLines(row.GetProperty("content").GetString()!).ToList();
        var wanted = row.GetProperty("expectedPairs").EnumerateArray().Select(p => (p.GetProperty("Key").GetString()!, Harness.Text(p, "Value") ?? "")).ToList();
        return pairs.SequenceEqual(wanted) ? null : string.Join(", ", pairs);
    }

    private static string? FileSource(JsonElement row) => Harness.Expect(Harness.Text(row, "Error"), () =>
    {
        var found = KeyValueReader.ParseFileSource(row.GetProperty("Input").GetString()!);
        return found == (row.GetProperty("Key").GetString(), row.GetProperty("Filename").GetString()) ? null : found.ToString();
    });

    private static string? Selected(JsonElement row)
    {
        var selector = Harness.Id(row.GetProperty("selector"));
        foreach (var candidate in row.GetProperty("selectables").EnumerateArray())
        {
            if (Harness.Id(candidate.GetProperty("id")).IsSelectedBy(selector) != candidate.GetProperty("expectSelected").GetBoolean())
            {
                return candidate.ToString();
            }
        }

        return null;
    }

    private static string? Match(JsonElement row, ResourceId id, params string[] parts)
    {
        var wanted = Harness.Id(row.GetProperty("S").TryGetProperty("ResId", out var inner) ? inner : row.GetProperty("S"));
        var fields = new MapValue
        {
            ["group"] = wanted.Gvk.Group,
            ["version"] = wanted.Gvk.Version,
            ["kind"] = wanted.Gvk.Kind,
            ["name"] = wanted.Name,
            ["namespace"] = wanted.Namespace,
        };
        foreach (var key in fields.Keys.Where(k => !parts.Contains(k)).ToList())
        {
            fields.Remove(key);
        }

        return Selector.Parse(fields).MatchesId(id) == row.GetProperty("Expected").GetBoolean() ? null : $"{fields} {id}";
    }

    private static string? Merged(JsonElement row)
    {
        var error = row.GetProperty("expectedErr").ValueKind == JsonValueKind.Null ? null : "error";
        try
        {
            var resources = new Harness().Read(row.GetProperty("input").GetString()!);
            return error is null ? Harness.Compare(row.GetProperty("expected").GetString()!, resources) : "should fail";
        }
        catch (BuildFailure) when (error is not null)
        {
            return null;
        }
    }

    private static string? Same(JsonElement expected, string actual) => expected.GetString() == actual ? null : $"expected {expected}, got {actual}";

    private static string? Same(JsonElement expected, string[] actual) =>
        expected.EnumerateArray().Select(e => e.GetString()).SequenceEqual(actual) ? null : $"expected {expected}, got {string.Join(' ', actual)}";
}
