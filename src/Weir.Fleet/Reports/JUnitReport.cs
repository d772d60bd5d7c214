using System.Globalization;
using System.Xml.Linq;

namespace Weir.Fleet;

/// <summary>The applications that differ as JUnit test cases: one that cannot be rendered is an error, one with error findings a failure.</summary>
public static class JUnitReport
{
    public static string Write(FleetReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var suites = new XElement("testsuites", new XAttribute("name", "weir diff"));
        foreach (var cluster in report.Diff.Units.GroupBy(static u => u.Id.Cluster))
        {
            var cases = cluster.Select(u => Case(u, report)).ToList();
            suites.Add(new XElement(
                "testsuite",
                new XAttribute("name", VisibleText.Of(cluster.Key)),
                new XAttribute("tests", Number(cases.Count)),
                new XAttribute("errors", Number(cases.Count(static c => c.Element("error") is not null))),
                new XAttribute("failures", Number(cases.Count(static c => c.Element("failure") is not null))),
                cases));
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{suites}\n";
    }

    private static XElement Case(UnitChange unit, FleetReport report)
    {
        var element = new XElement(
            "testcase",
            new XAttribute("classname", VisibleText.Of($"{unit.Id.Cluster}.{unit.Id.Kind}")),
            new XAttribute("name", VisibleText.Of($"{unit.Id.Namespace}/{unit.Id.Name}")));
        if (unit.ErrorAfter is { } error)
        {
            element.Add(new XElement("error", new XAttribute("message", "it cannot be rendered"), VisibleText.Of(error)));
            return element;
        }

        foreach (var finding in report.Findings.Where(f => f.Unit == unit.Id && f.Severity == FindingSeverity.Error))
        {
            element.Add(new XElement("failure", new XAttribute("type", finding.Rule), new XAttribute("message", VisibleText.Of(finding.Message))));
        }

        return element;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
