using System.Text;
using Weir.Values;

namespace Weir.Helm;

/// <summary>Checks a release's values against the schemas of a chart and its subcharts.</summary>
internal static class SchemaValidation
{
    private const string Code = "helm-schema";

    private const int MaxPlaces = 20;

    /// <summary>One error with all violations in Helm's words, and the places of the values; <see langword="null"/> when all is well.</summary>
    public static IReadOnlyList<Diagnostic>? Check(ChartInstance chart, MapValue values, RemoteSchemas? remote)
    {
        var text = new StringBuilder();
        var places = new List<SchemaViolation>();
        var warnings = new List<Diagnostic>();
        Check(chart, values, remote, text, places, warnings);
        if (text.Length == 0)
        {
            return warnings.Count == 0 ? null : warnings;
        }

        var known = places.Where(p => p.Span.IsKnown).Take(MaxPlaces).Select(p => $"{p.Location} is set at {p.Span}").Distinct().ToList();
        return
        [
            .. warnings,
            Diagnostic.Error(
                Code,
                "values don't meet the specifications of the schema(s) in the following chart(s):\n" + text,
                places.FirstOrDefault(p => p.Span.IsKnown)?.Span ?? default,
                known.Count == 0 ? null : string.Join("; ", known)),
        ];
    }

    private static void Check(
        ChartInstance chart, MapValue values, RemoteSchemas? remote, StringBuilder text, List<SchemaViolation> places, List<Diagnostic> warnings)
    {
        if (chart.Source.ValuesSchema(remote) is { } schema)
        {
            warnings.AddRange(schema.Warnings.Select(w => Diagnostic.Warning(Code, w)));
            if (schema.Error is not null)
            {
                text.Append(chart.Name).Append(":\n").Append(schema.Error);
            }
            else if (schema.Validate(values) is { Count: > 0 } violations)
            {
                var lines = new StringBuilder();
                foreach (var violation in violations)
                {
                    violation.Write(lines);
                    places.AddRange(violation.Leaves);
                }

                text.Append(chart.Name).Append(":\n").Append(lines).Append('\n');
            }
        }

        foreach (var child in chart.Dependencies)
        {
            switch (values[child.Name])
            {
                case null or NullValue:
                    break;
                case MapValue childValues:
                    Check(child, childValues, remote, text, places, warnings);
                    break;
                case var other:
                    text.Append(child.Name).Append(":\ninvalid type for values: expected object (map), got ").Append(StructReader.JsonKind(other)).Append('\n');
                    break;
            }
        }
    }
}
