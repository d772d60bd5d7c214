using System.Text.Json;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Transformers;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>The tables of kustomize's filters.</summary>
public sealed class FilterTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Annotations() => Run("k_api_filters_annotations", "expectedOutput", (row, resources, _) =>
    {
        var filter = row.GetProperty("filter");
        new AnnotationsTransformer(
            Harness.Map(filter, "Annotations"), [new(KindExtensions.Any, "metadata/annotations", Create: true), .. Fields(row, filter)]).Transform(resources);
    });

    [Fact]
    public void Labels() => Run("k_api_filters_labels", "expectedOutput", (row, resources, _) =>
    {
        var filter = row.GetProperty("filter");
        new LabelTransformer(Harness.Map(filter, "Labels"), [.. Fields(row, filter)]).Transform(resources);
    });

    [Fact]
    public void Image_tags() => Run("k_api_filters_imagetag", "expectedOutput", (row, resources, harness) =>
    {
        var image = new MapValue();
        foreach (var (from, to) in ((string, string)[])
            [("Name", "name"), ("NewName", "newName"), ("NewTag", "newTag"), ("Digest", "digest"), ("TagSuffix", "tagSuffix")])
        {
            if (Harness.Text(row.GetProperty("filter").GetProperty("ImageTag"), from) is { } text)
            {
                image[to] = text;
            }
        }

        new ImageTagTransformer([new ImageChange(image)], [.. Harness.Fields(row, "fsSlice")], harness.Context)
        {
            WalksContainers = !row.TryGetProperty("fsSlice", out _),
        }.Transform(resources);
    });

    [Fact]
    public void Namespaces() => Run("k_api_filters_namespace", "expected", (row, resources, _) =>
    {
        var filter = row.GetProperty("filter");
        var transformer = new NamespaceTransformer(filter.GetProperty("Namespace").GetString()!, [.. Fields(row, filter)])
        {
            Subjects = Harness.Text(filter, "SetRoleBindingSubjects") ?? "defaultOnly",
            UnsetOnly = filter.TryGetProperty("UnsetOnly", out var unset) && unset.GetBoolean(),
        };
        foreach (var resource in resources)
        {
            transformer.TransformOne(resource);
        }
    });

    [Fact]
    public void Prefixes() => Run("k_api_filters_prefix", "expected", (row, resources, _) => Rename(row, resources, "Prefix"));

    [Fact]
    public void Suffixes() => Run("k_api_filters_suffix", "expected", (row, resources, _) => Rename(row, resources, "Suffix"));

    [Fact]
    public void Replica_counts() => Run("k_api_filters_replicacount", "expected", (row, resources, _) =>
    {
        var filter = row.GetProperty("filter");
        var count = filter.GetProperty("Replica").GetProperty("Count").GetInt64();
        var name = filter.GetProperty("Replica").GetProperty("Name").GetString()!;
        new ReplicaCountTransformer(name, count, [Harness.Field(filter.GetProperty("FieldSpec"))]).Transform(resources);
    });

    [Fact]
    public void Added_values() => Run("k_api_filters_valueadd", "expectedOutput", (row, resources, _) =>
    {
        var filter = row.GetProperty("filter");
        var position = filter.TryGetProperty("FilePathPosition", out var given) ? given.GetInt32() : 0;
        new ValueAddTransformer(
            filter.GetProperty("Value").GetString()!, [new(null, filter.GetProperty("FieldPath").GetString()!, position)]).Transform(resources);
    });

    [Fact]
    public void Replacements() => TableSuite.Run("k_api_filters_replacement", output, (_, row) => () =>
        Harness.Expect(Harness.Text(row, "expectedErr"), () =>
        {
            var harness = new Harness();
            var resources = harness.Read(row.GetProperty("input").GetString()!);

            // Go's test decodes with kyaml, which takes a number for a string.
            var text = row.GetProperty("replacements").GetString()!.Replace("sourceValue: 2", "sourceValue: '2'", StringComparison.Ordinal);
            var config = (MapValue)Weir.Yaml.YamlReader.Read(text).Result!;
            ReplacementTransformer.Configure(config, harness.Input).Transform(resources);
            return Harness.Compare(row.GetProperty("expected").GetString()!, resources);
        }));

    [Fact]
    public void Vars() => TableSuite.Run("k_api_filters_refvar", output, (table, row) => table switch
    {
        "TestMapping" => () => Expand(row),
        _ => null,
    });

    [Fact]
    public void Field_specs() => TableSuite.Run("k_api_filters_fieldspec", output, (table, row) => table == "TestFilter_Filter" ? () => Walk(row) : null);

    private void Run(string table, string expected, Action<JsonElement, ResourceList, Harness> transform) =>
        TableSuite.Run(table, output, (_, row) => () =>
        {
            var harness = new Harness();
            var resources = harness.Read(row.GetProperty("input").GetString()!);
            transform(row, resources, harness);
            return Harness.Compare(row.GetProperty(expected).GetString()!, resources);
        });

    private static IEnumerable<FieldSpec> Fields(JsonElement row, JsonElement filter) =>
        Harness.Fields(row, "fsslice").Concat(Harness.Fields(filter, "FsSlice"));

    private static void Rename(JsonElement row, ResourceList resources, string affix)
    {
        var filter = row.GetProperty("filter");
        var text = filter.GetProperty(affix).GetString()!;
        foreach (var resource in resources)
        {
            NameTransforming.Rename(
                resource, Harness.Field(filter.GetProperty("FieldSpec")), name => affix == "Prefix" ? text + name : name + text);
        }
    }

    /// <summary>The vars of Go's test, as its source names them.</summary>
    private static string? Expand(JsonElement row)
    {
        var vars = new Dictionary<string, Value>
        {
            ["VAR_A"] = "A",
            ["VAR_B"] = "B",
            ["VAR_C"] = "C",
            ["VAR_REF"] = "$(VAR_A)",
            ["VAR_EMPTY"] = "",
        };
        var actual = VarExpansion.Expand(row.GetProperty("input").GetString()!, vars.GetValueOrDefault);
        return Scalar.Text(actual) == row.GetProperty("expected").GetString() ? null : $"{row.GetProperty("input")}: got {actual}";
    }

    private static string? Walk(JsonElement row)
    {
        // The value that is set is Go code; the rows that need no value, or a plain one, say so by what they expect.
        if (Harness.Text(row, "fieldSpec") is not { } spec || Harness.Text(row, "expected") is not { } expected)
        {
            return null;
        }

        return Harness.Expect(Harness.Text(row, "error"), () =>
        {
            var harness = new Harness();
            var resources = harness.Read(row.GetProperty("input").GetString()!);
            var field = FieldSpecReader.Read((MapValue)Weir.Yaml.YamlReader.Read(spec).Result!);
            foreach (var resource in resources)
            {
                if (field.AppliesTo(resource.Gvk))
                {
                    new FieldSpecWalk(field, KindOf(row), slot => Node.SetScalar(slot, "e", ScalarTag.Undecided)).Visit(resource);
                }
            }

            return Harness.Compare(expected, resources);
        });
    }

    private static NodeKind KindOf(JsonElement row) =>
        row.GetProperty("filter").TryGetProperty("CreateKind", out var kind) && kind.ToString().Contains("Scalar", StringComparison.Ordinal)
            ? NodeKind.Scalar
            : NodeKind.None;
}
