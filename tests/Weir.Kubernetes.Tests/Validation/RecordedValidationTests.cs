using System.Text.Json;
using Weir.Testing;
using Weir.Values;

namespace Weir.Kubernetes.Tests.Validation;

/// <summary>Custom resources that a real API server refused or accepted are judged the same, cause by cause.</summary>
public sealed class RecordedValidationTests
{
    [Theory]
    [InlineData("validation")]
    [InlineData("formats")]
    [InlineData("preserve")]
    [InlineData("cel-library")]
    public void Agrees_with_the_real_server(string conversation)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var file = Path.Combine(ConformanceData.Directory!, "kubernetes", "crd", conversation + ".json");
        Assert.SkipWhen(!File.Exists(file), ConformanceData.SkipReason);
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        Schema? schema = null;
        var differences = new List<string>();
        var count = 0;
        foreach (var item in (ListValue)Json.Of(document.RootElement.GetProperty("steps")))
        {
            var step = (MapValue)item;
            var body = step.GetMap("request")?.GetMap("body");
            var answer = step.GetMap("response")?.GetMap("body");
            if (body?.GetString("kind") == "CustomResourceDefinition")
            {
                var version = (MapValue)body.GetMap("spec")!.GetList("versions")![0];
                schema = CustomSchema.ReadObject(version.GetMap("schema")?.GetMap("openAPIV3Schema"));
                continue;
            }

            if (schema is null || body?.GetString("kind") != "Widget" || step.GetMap("request")!.GetString("method") != "POST")
            {
                continue;
            }

            var value = body.DeepClone();
            count++;
            CustomObject.Prune(value, schema);
            CustomObject.ApplyDefaults(value, schema);
            var found = CustomValidation.Validate(value, schema).Select(e => $"{e.Reason} {e}").Order(StringComparer.Ordinal).ToList();
            var expected = answer!.At("details", "causes") is ListValue causes
                ? causes.Cast<MapValue>().Select(c => $"{c.GetString("reason")} {c.GetString("field")}: {c.GetString("message")}").Order(StringComparer.Ordinal).ToList()
                : [];
            if (!found.SequenceEqual(expected))
            {
                differences.Add($"{body["spec"]}\n  expected {string.Join(" | ", expected)}\n  found    {string.Join(" | ", found)}");
            }
        }

        Assert.True(count > 3);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
