using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet.Tests;

/// <summary>Reports put together by hand, for what no repository would hold.</summary>
internal static class Reports
{
    public static readonly string[] Hostile =
    [
        "<script>window.hacked=1</script>", "\"><img src=x onerror=\"window.hacked=1\">", "'onmouseover='window.hacked=1", "</title></style></pre></details></table>",
        "<!--", "]]>", "&lt;b&gt;", "javascript:alert(1)", "\u202egnp.exe", "\e[31mred\a", "@everyone", "```\n/close\n```", "| a | b |", "a\u0000b", "{{constructor}}", "\ud800",
    ];

    /// <summary>A report whose every name and text is this one.</summary>
    public static FleetReport Of(string text)
    {
        var unit = new UnitId($"cluster {text}", "HelmRelease", $"space {text}", $"name {text}");
        var key = new ObjectKey("", "ConfigMap", text, text);
        var before = new MapValue { ["data"] = new MapValue { [text] = text, ["lines"] = $"one\n{text}\nthree" } };
        var after = new MapValue { ["data"] = new MapValue { [text] = text + "!", ["lines"] = $"one\n{text}!\nthree" } };
        var change = new ObjectChange { Kind = ChangeKind.Renamed, Key = key, OldName = text, Before = before, After = after, Fields = ValueComparison.Compare(before, after) };
        var diff = new FleetDiff
        {
            From = text,
            To = text,
            AllUnits = 1,
            AllClusters = 1,
            Units =
            [
                new() { Id = unit, Kind = ChangeKind.Changed, Chart = (text, text + "2"), Objects = [change, new() { Kind = ChangeKind.Created, Key = key, After = after }], Values = change.Fields },
                new() { Id = unit with { Cluster = $"other {text}" }, Kind = ChangeKind.Changed, ErrorBefore = text, ErrorAfter = text },
            ],
            Images = [new(text, [text], [text + "2"], [unit])],
        };
        return new(diff, [new("rule", FindingSeverity.Error, unit, key, text, new SourceSpan(text, 3, 1))]);
    }

    /// <summary>A change of this many objects in applications of fifty, in ten clusters.</summary>
    public static FleetReport Large(int objects)
    {
        var units = new List<UnitChange>();
        for (var u = 0; u < objects / 50; u++)
        {
            var id = new UnitId($"cluster-{u % 10}", "HelmRelease", $"team-{u % 7}", $"app-{u / 10}");
            units.Add(new() { Id = id, Kind = ChangeKind.Changed, Objects = [.. Enumerable.Range(0, 50).Select(i => Deployment($"{id.Name}-{i}", i))] });
        }

        units.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return new(new() { From = "main", To = "HEAD", AllUnits = 200, AllClusters = 10, Units = units }, []);
    }

    private static ObjectChange Deployment(string name, int number)
    {
        var before = Object("1.0.0", 2);
        var after = Object("1.1.0", 3);
        return new()
        {
            Kind = ChangeKind.Changed,
            Key = new("apps", "Deployment", "default", name),
            Before = before,
            After = after,
            Fields = ValueComparison.Compare(before, after),
        };

        MapValue Object(string tag, int replicas) => new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new MapValue { ["name"] = name, ["namespace"] = "default", ["labels"] = new MapValue { ["app.kubernetes.io/name"] = name } },
            ["spec"] = new MapValue
            {
                ["replicas"] = replicas,
                ["selector"] = new MapValue { ["matchLabels"] = new MapValue { ["app"] = name } },
                ["template"] = new MapValue
                {
                    ["spec"] = new MapValue
                    {
                        ["containers"] = new ListValue([new MapValue
                        {
                            ["name"] = "app",
                            ["image"] = $"registry.example.org/{name}:{tag}",
                            ["args"] = new ListValue([new StringValue($"--shard={number}"), new StringValue("--log=info")]),
                        }]),
                    },
                },
            },
        };
    }
}
