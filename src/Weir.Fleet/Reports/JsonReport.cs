using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>The whole report as JSON; its fields are documented with the command.</summary>
public static class JsonReport
{
    public static string Write(FleetReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (created, changed, deleted) = report.Objects;
        return JsonWriter.Write(new MapValue
        {
            ["version"] = 1,
            ["from"] = report.Diff.From,
            ["to"] = report.Diff.To,
            ["summary"] = new MapValue
            {
                ["clusters"] = report.Clusters.Count,
                ["allClusters"] = report.Diff.AllClusters,
                ["applications"] = report.Diff.Units.Count,
                ["allApplications"] = report.Diff.AllUnits,
                ["created"] = created,
                ["changed"] = changed,
                ["deleted"] = deleted,
            },
            ["applications"] = new ListValue(report.Diff.Units.Select(Unit)),
            ["images"] = new ListValue(report.Diff.Images.Select(static i => new MapValue
            {
                ["name"] = i.Name,
                ["before"] = Texts(i.Before),
                ["after"] = Texts(i.After),
                ["applications"] = Texts(i.Units.Select(static u => u.ToString())),
            })),
            ["findings"] = new ListValue(report.Findings.Select(static f =>
            {
                var map = new MapValue
                {
                    ["rule"] = f.Rule,
                    ["severity"] = f.Severity.ToString().ToLowerInvariant(),
                    ["application"] = f.Unit.ToString(),
                    ["message"] = f.Message,
                };
                if (f.Object is { } key)
                {
                    map["object"] = key.ToString();
                }

                if (f.Span is { IsKnown: true, File.Length: > 0 })
                {
                    map["file"] = f.Span.File;
                    map["line"] = f.Span.Line;
                }

                return map;
            })),
        });
    }

    private static MapValue Unit(UnitChange unit)
    {
        var map = new MapValue
        {
            ["cluster"] = unit.Id.Cluster,
            ["kind"] = unit.Id.Kind,
            ["namespace"] = unit.Id.Namespace,
            ["name"] = unit.Id.Name,
            ["change"] = unit.Kind.ToString().ToLowerInvariant(),
            ["objects"] = new ListValue(unit.Objects.Select(Object)),
            ["values"] = Fields(unit.Values, withPlaces: true),
        };
        if (unit.Chart is { } chart)
        {
            map["chart"] = new MapValue { ["before"] = chart.Before, ["after"] = chart.After };
        }

        if (unit.ChartContent is { } content)
        {
            var written = new MapValue { ["defaults"] = Fields(content.Defaults), ["files"] = Texts(content.Files) };
            if (content.AppVersions is { } versions)
            {
                written["appVersion"] = new MapValue { ["before"] = versions.Before, ["after"] = versions.After };
            }

            map["chartContent"] = written;
        }

        foreach (var (name, error) in new[] { ("errorBefore", unit.ErrorBefore), ("errorAfter", unit.ErrorAfter) })
        {
            if (error is not null)
            {
                map[name] = error;
            }
        }

        return map;
    }

    private static MapValue Object(ObjectChange change)
    {
        var map = new MapValue
        {
            ["change"] = change.Kind.ToString().ToLowerInvariant(),
            ["group"] = change.Key.Group,
            ["kind"] = change.Key.Kind,
            ["namespace"] = change.Key.Namespace,
            ["name"] = change.Key.Name,
            ["fields"] = Fields(change.Fields),
        };
        if (change.OldName.Length > 0)
        {
            map["oldName"] = change.OldName;
        }

        return map;
    }

    private static ListValue Fields(IReadOnlyList<FieldChange> fields, bool withPlaces = false) => new(fields.Select(f =>
    {
        var map = new MapValue { ["path"] = f.Path };
        if (f.Before is not null)
        {
            map["before"] = f.Before.DeepClone();
        }

        if (f.After is not null)
        {
            map["after"] = f.After.DeepClone();
        }

        if (withPlaces && f.Span.IsKnown)
        {
            map["file"] = f.Span.File!;
            map["line"] = f.Span.Line;
        }

        return map;
    }));

    private static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(static t => new StringValue(t)));
}
