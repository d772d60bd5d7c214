using System.Text.Json;
using Weir.Kustomize.Merging;
using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>The tables of kyaml's merge2, which strategic merge patches are.</summary>
public sealed class MergeTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Merges_as_kyaml_does() => TableSuite.Run("k_kyaml_yaml_merge2", output, (table, row) =>

        // kustomize never infers associative lists without a schema.
        table == "Test_determineSmpDirective" || (row.TryGetProperty("infer", out var infer) && infer.GetBoolean()) ? null : () => Compare(row));

    private static string? Compare(JsonElement row)
    {
        // kyaml's tests prepend unless they say otherwise.
        var prepends = row.GetProperty("mergeOptions") is not { ValueKind: JsonValueKind.Object } options
            || (options.TryGetProperty("ListIncreaseDirection", out var direction)
                && direction.ToString().Contains("Prepend", StringComparison.Ordinal));
        var merged = new StrategicMerge(new OpenApiSchema(), prepends).Merge(Read(row, "dest"), Read(row, "source"));
        var expected = Read(row, "expected");
        var (left, right) = (expected is null ? null : Harness.Settled(expected), merged is null ? null : Harness.Settled(merged));
        return Value.DeepEquals(left, right)
            ? null
            : $"expected\n{(left is null ? "nothing" : NodeText.Write(left))}got\n{(right is null ? "nothing" : NodeText.Write(right))}";
    }

    private static Value? Read(JsonElement row, string name) =>
        NodeReader.ReadStream(row.GetProperty(name).GetString()!, null).FirstOrDefault(d => !Scalar.IsNull(d));
}
