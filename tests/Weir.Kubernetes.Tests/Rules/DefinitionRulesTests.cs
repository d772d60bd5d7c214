using System.Text.Json;
using Weir.Testing;
using Weir.Values;

namespace Weir.Kubernetes.Tests.Rules;

/// <summary>Rules are refused when a definition is written, in the words of the real server.</summary>
public sealed class DefinitionRulesTests
{
    [Fact]
    public void Agrees_with_the_real_server()
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var file = Path.Combine(ConformanceData.Directory!, "kubernetes", "crd", "cel-definition-errors.json");
        Assert.SkipWhen(!File.Exists(file), ConformanceData.SkipReason);
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var differences = new List<string>();
        foreach (var item in (ListValue)Json.Of(document.RootElement.GetProperty("steps")))
        {
            var step = (MapValue)item;
            var version = (MapValue)((MapValue)step.At("request", "body")!).GetMap("spec")!.GetList("versions")![0];
            var errors = new List<FieldError>();
            DefinitionRules.Check((MapValue)version.At("schema", "openAPIV3Schema")!, "spec.validation.openAPIV3Schema", isStructural: true, errors);
            var found = errors.Select(e => $"{e.Reason} {e}").Order(StringComparer.Ordinal).ToList();
            var expected = ((ListValue)step.At("response", "body", "details", "causes")!).Cast<MapValue>()
                .Select(c => $"{c.GetString("reason")} {c.GetString("field")}: {c.GetString("message")}").Order(StringComparer.Ordinal).ToList();
            if (!found.SequenceEqual(expected))
            {
                differences.Add($"expected {string.Join("\n         ", expected)}\nfound    {string.Join("\n         ", found)}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
