using System.Text.Json;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>The tests of kustomize's own plugins: a configuration, objects, and what becomes of them.</summary>
public sealed class PluginTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Plugins_do_what_their_tests_say() => TableSuite.Run("builtin_plugins", output, (_, row) =>
    {
        // Charts from the network, and files whose root the row does not tell.
        var config = row.GetProperty("config").GetString()!;
        var isElsewhere = row.GetProperty("files").EnumerateObject().Any(f => f.Name.StartsWith("//", StringComparison.Ordinal));
        return config.Contains("HelmChartInflationGenerator", StringComparison.Ordinal) || isElsewhere ? null : () => Compare(row);
    });

    private static string? Compare(JsonElement row)
    {
        var root = row.GetProperty("root").GetString()!.TrimEnd('/');
        var files = row.GetProperty("files").EnumerateObject().Select(f => KeyValuePair.Create(f.Name, f.Value.GetString()!));
        var expect = row.GetProperty("expect");
        var text = Harness.Text(expect, "value") ?? "";
        var isError = expect.GetProperty("kind").GetString() is not "output";
        return Harness.Expect(isError ? text : null, () =>
        {
            var harness = new Harness(files, root.Length == 0 ? "/" : root);
            var config = harness.Input.Reader.Read(row.GetProperty("config").GetString()!, null).Single();
            if (!row.TryGetProperty("input", out var input))
            {
                var made = PluginLoader.LoadGenerator(config, harness.Input).Generate();
                return Harness.Compare(text, made);
            }

            var resources = new ResourceList(harness.Input.Reader.Read(input.GetString()!, null));
            if (config.Kind == "SortOrderTransformer")
            {
                var options = (MapValue)Harness.Settled(config.Object["sortOptions"] ?? new MapValue { ["order"] = "fifo" });
                SortOptions.Apply(resources, options);
                return Harness.Compare(text, resources);
            }

            PluginLoader.LoadTransformer(config, harness.Input).Transform(resources);
            resources.DropEmpty();
            return Harness.Compare(text, resources);
        });
    }
}
