using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>The findings as SARIF 2.1.0.</summary>
public static class SarifReport
{
    public static string Write(FleetReport report, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonWriter.Write(new MapValue
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new ListValue([new MapValue
            {
                ["tool"] = new MapValue
                {
                    ["driver"] = new MapValue
                    {
                        ["name"] = "weir",
                        ["version"] = version,
                        ["rules"] = new ListValue(report.Findings.Select(static f => f.Rule).Distinct().Select(static r => new MapValue { ["id"] = r })),
                    },
                },
                ["results"] = new ListValue(report.Findings.Select(f => new MapValue
                {
                    ["ruleId"] = f.Rule,
                    ["level"] = f.Severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning => "warning", _ => "note" },
                    ["message"] = new MapValue { ["text"] = $"{f.Unit}{(f.Object is { } key ? $" {key}" : "")}: {f.Message}" },
                    ["locations"] = new ListValue([new MapValue
                    {
                        ["physicalLocation"] = new MapValue
                        {
                            ["artifactLocation"] = new MapValue { ["uri"] = string.Join('/', report.PathOf(f).Split('/').Select(Uri.EscapeDataString)) },
                            ["region"] = new MapValue { ["startLine"] = Math.Max(1, f.Span.Line) },
                        },
                    }]),
                })),
            }]),
        });
    }
}
