using System.Security.Cryptography;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>The findings as GitLab's Code Quality report. A fingerprint stays the same while its finding does.</summary>
public static class CodeQualityReport
{
    public static string Write(FleetReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonWriter.Write(new ListValue(report.Findings.Select(f => new MapValue
        {
            ["description"] = $"{f.Unit}{(f.Object is { } key ? $" {key}" : "")}: {f.Message}",
            ["check_name"] = f.Rule,
            ["fingerprint"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{f.Rule}|{f.Unit}|{f.Object}|{f.Message}")))[..40],
            ["severity"] = f.Severity switch { FindingSeverity.Error => "critical", FindingSeverity.Warning => "minor", _ => "info" },
            ["location"] = new MapValue
            {
                ["path"] = report.PathOf(f),
                ["lines"] = new MapValue { ["begin"] = Math.Max(1, f.Span.Line) },
            },
        })));
    }
}
