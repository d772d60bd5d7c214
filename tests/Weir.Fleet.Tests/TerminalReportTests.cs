using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet.Tests;

/// <summary>What people see at a terminal.</summary>
public sealed class TerminalReportTests
{
    public static TheoryData<string> Hostile => [.. Reports.Hostile];

    [Fact]
    public void Fields_are_shown_on_a_line_where_they_fit_and_texts_of_several_lines_as_differences()
    {
        var before = new MapValue
        {
            ["replicas"] = 2,
            ["paused"] = true,
            ["empty"] = "",
            ["settings"] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n",
            ["long"] = new string('x', 90) + "old" + new string('y', 200),
            ["other"] = new MapValue { ["a"] = 1 },
        };
        var after = new MapValue
        {
            ["replicas"] = 3,
            ["empty"] = "no more",
            ["settings"] = "one\nTWO\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n",
            ["long"] = new string('x', 90) + "new" + new string('y', 200),
            ["resources"] = new MapValue { ["limits"] = new MapValue { ["memory"] = "1Gi", ["cpu"] = "a rather long value" } },
            ["nodes"] = new ListValue([new StringValue("a")]),
            ["other"] = new MapValue { ["a"] = 1, ["b"] = 2 },
        };
        Assert.Equal("""
            one
              ~ HelmRelease apps/web  chart web-1.0.0 → web-1.1.0
                ~ Deployment/apps/web
                  ~ replicas: 2 → 3
                  - paused: true
                  ~ empty: "" → no more
                  ~ settings:
                     one
                    -two
                    +TWO
                     three
                     four
                     five
                     ⋯
                     seven
                     eight
                     nine
                    +ten
                  ~ long:
                    - …xxxxxxxxxxxxoldyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
                    + …xxxxxxxxxxxxnewyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
                  + other.b: 2
                  + resources:
                    +limits:
                    +  cpu: a rather long value
                    +  memory: 1Gi
                  + nodes: ["a"]
                - Secret/apps/old
                + Service/apps/web
            Images
              registry.example.org/web: 1.0 → 1.1, 1.2 (1 application)
            Findings
              error data-deletion one: HelmRelease/apps/web
                Secret/apps/old: it is deleted with all that it holds
                (apps/web.yaml:3:1)
            1 of 4 applications in 1 of 1 cluster: 1 created, 1 changed,
              1 deleted objects.

            """, Write(Report(before, after), new() { Width = 60 }));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_longer_than_the_terminal_except_for_names(int width)
    {
        var before = new MapValue { ["data"] = new MapValue { ["a"] = new string('a', 500), ["b"] = string.Join('\n', Enumerable.Repeat(new string('b', 300), 5)) } };
        var after = new MapValue { ["data"] = new MapValue { ["a"] = new string('c', 500), ["b"] = string.Join('\n', Enumerable.Repeat(new string('d', 300), 5)), ["n"] = new string('n', 999) } };
        Assert.All(Write(Report(before, after), new() { Width = width }).Split('\n'), line => Assert.True(line.Length <= Math.Max(width, 56), line));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_text_of_a_repository_is_obeyed_by_the_terminal(string text)
    {
        Assert.DoesNotContain(Write(Reports.Of(text), TerminalOptions.Plain), static c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void The_order_is_that_of_clusters_applications_and_objects_every_time()
    {
        var text = Write(Reports.Large(500), TerminalOptions.Plain);
        Assert.Equal(text, Write(Reports.Large(500), TerminalOptions.Plain));
        var clusters = text.Split('\n').Where(static l => l.StartsWith("cluster-", StringComparison.Ordinal)).ToList();
        Assert.Equal(clusters.Order(StringComparer.Ordinal), clusters);
        Assert.Equal(10, clusters.Count);
    }

    private static string Write(FleetReport report, TerminalOptions options)
    {
        var output = new StringWriter { NewLine = "\n" };
        TerminalReport.Write(report, output, options);
        return output.ToString();
    }

    private static FleetReport Report(MapValue before, MapValue after)
    {
        var id = new UnitId("one", "HelmRelease", "apps", "web");
        var old = new ObjectKey("", "Secret", "apps", "old");
        var unit = new UnitChange
        {
            Id = id,
            Kind = ChangeKind.Changed,
            Chart = ("web-1.0.0", "web-1.1.0"),
            Objects =
            [
                new() { Kind = ChangeKind.Changed, Key = new("apps", "Deployment", "apps", "web"), Before = before, After = after, Fields = ValueComparison.Compare(before, after) },
                new() { Kind = ChangeKind.Deleted, Key = old, Before = before },
                new() { Kind = ChangeKind.Created, Key = new("", "Service", "apps", "web"), After = after },
            ],
        };
        var diff = new FleetDiff { From = "a", To = "b", AllUnits = 4, AllClusters = 1, Units = [unit], Images = [new("registry.example.org/web", ["1.0"], ["1.1", "1.2"], [id])] };
        return new(diff, [new("data-deletion", FindingSeverity.Error, id, old, "it is deleted with all that it holds", new SourceSpan("apps/web.yaml", 3, 1))]);
    }
}
