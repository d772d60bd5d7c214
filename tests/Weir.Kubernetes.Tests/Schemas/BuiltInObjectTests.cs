using System.Text.Json;
using Weir.Testing;
using Weir.Values;

namespace Weir.Kubernetes.Tests.Schemas;

public sealed class BuiltInObjectTests
{
    private static readonly Schema Deployment = BuiltInSchemas.Find(new GroupVersionKind("apps", "v1", "Deployment"))!;
    private static readonly Schema ConfigMap = BuiltInSchemas.Find(new GroupVersionKind("", "v1", "ConfigMap"))!;

    [Fact]
    public void Every_property_of_a_built_in_type_says_how_Go_writes_it()
    {
        var unknown = BuiltInSchemas.TypeNames
            .Where(n => !n.EndsWith(".version.Info", StringComparison.Ordinal) && !n.Contains(".apiregistration.", StringComparison.Ordinal))
            .SelectMany(n => BuiltInSchemas.Find(n)!.Properties.Where(p => p.GoType.Length == 0).Select(p => $"{n} {p.Name}"));
        Assert.Empty(unknown);
    }

    [Fact]
    public void Recorded_objects_are_as_their_types_write_them()
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ConformanceData.Directory!, "kubernetes"), "*.json", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file).Replace("<time>", "2026-01-31T12:00:00Z", StringComparison.Ordinal)
                .Replace("<microtime>", "2026-01-31T12:00:00.000000Z", StringComparison.Ordinal);
            using var document = JsonDocument.Parse(text);
            foreach (var step in document.RootElement.GetProperty("steps").EnumerateArray())
            {
                if (step.TryGetProperty("compare", out _)
                    || !step.TryGetProperty("response", out var response)
                    || !response.TryGetProperty("body", out var body)
                    || body.ValueKind != JsonValueKind.Object
                    || Json.Of(body) is not MapValue value
                    || value.GetString("kind") is "Table" or "Status"
                    || BuiltInSchemas.Find(value.GroupVersionKind()) is not { } schema)
                {
                    continue;
                }

                if (value.ToString().Contains("<any>", StringComparison.Ordinal) || value.ToString().Contains("<nodeport", StringComparison.Ordinal) || value.ToString().Contains("<n>", StringComparison.Ordinal))
                {
                    continue;
                }

                var decoded = BuiltInObject.Decode(value, schema);
                Assert.True(decoded.Error is null, $"{file} {decoded.Error}");
                Assert.True(decoded.UnknownFields.Count == 0, $"{file} {string.Join(",", decoded.UnknownFields)}");
                Assert.True(value.Equals(decoded.Value), $"{file}\nexpected {value}\nactual   {decoded.Value}");
                count++;
            }
        }

        Assert.True(count > 100, $"only {count}");
    }

    [Theory]
    [InlineData("{'spec':{'replicas':'four'}}", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("{'spec':{'template':{'spec':{'containers':{}}}}}", "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("{'spec':{'template':{'spec':{'containers':[{'name':1}]}}}}", "json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.name of type string")]
    [InlineData("{'spec':{'template':{'spec':{'containers':[{'resources':{'limits':{'cpu':'x'}}}]}}}}", Quantity.FormatError)]
    public void Tells_values_of_a_wrong_type(string body, string error) => Assert.Equal(error, BuiltInObject.Decode(Json.Map(body), Deployment).Error);

    [Fact]
    public void Tells_unknown_fields() => Assert.Equal(
        ["spec.template.spec.containers[1].imagee", "specc"],
        BuiltInObject.Decode(Json.Map("{'spec':{'template':{'spec':{'containers':[{},{'imagee':'x'}]}}},'specc':1}"), Deployment).UnknownFields);

    [Fact]
    public void Empty_optional_fields_are_left_out_and_null_entries_are_empty() => Assert.Equal(
        Json.Read("{'metadata':{'name':'x'},'data':{'a':''}}"),
        BuiltInObject.Normalize(Json.Map("{'metadata':{'name':'x','labels':{},'namespace':''},'data':{'a':null},'binaryData':null,'immutable':null}"), ConfigMap));

    [Fact]
    public void An_empty_deployment_has_its_structs() => Assert.Equal(
        Json.Read("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{},'spec':{'selector':null,'strategy':{},'template':{'metadata':{},'spec':{'containers':null}}},'status':{}}"),
        BuiltInObject.Empty(new("apps", "v1", "Deployment"), Deployment));
}
