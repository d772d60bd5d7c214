using System.CommandLine;
using Weir.Cli.Charts;
using Weir.Cli.Help;
using Weir.Cli.Templating;
using Weir.Helm;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir chart values</c>: every value of a chart, where it is used, and which are mistyped, unused or missing.</summary>
internal static class ChartCommand
{
    internal static Command Create() => new WeirCommand("chart", "Look into a chart.")
    {
        Group = CommandGroup.Inspect,
        Examples = [("weir chart values ./chart", "every value, its default and the templates that use it")],
        ExitCodes = [(0, "nothing is wrong"), (1, "something is")],
        Subcommands = { Values() },
    };

    private static WeirCommand Values()
    {
        var chart = new Argument<string>("chart") { Description = "A folder, a .tgz, oci://REGISTRY/CHART, a URL, or with --repo a chart's name" };
        var json = new Option<bool>("--json") { Description = "Print JSON with every use" };
        var findings = new Option<bool>("--findings") { Description = "Print only what is wrong" };
        var flags = new ValueFlags();
        var source = new ChartSourceFlags();
        var command = new WeirCommand("values", "List the values of a chart and where templates use them; find typos, unused and missing ones.")
        {
            Examples =
            [
                ("weir chart values ./chart", "every value, its default and the templates that use it"),
                ("weir chart values ./chart -f production.yaml --findings", "mistyped keys, unused values, and what templates need and nobody gives"),
            ],
            ExitCodes = [(0, "nothing is missing"), (1, "a template needs a value that no file gives, or the chart cannot be read")],
            Arguments = { chart },
            Options = { json, findings },
        };
        flags.AddTo(command);
        source.AddTo(command);
        command.SetAction(parsed =>
        {
            var (request, values) = flags.Read(parsed, parsed.GetValue(chart)!);
            var inspection = TemplateRun.OnLargeStack(() => Inspect(request.Chart, values, source.Read(parsed)));
            return Print(inspection, parsed.GetValue(json), parsed.GetValue(findings));
        });
        return command;
    }

    private static ValuesInspection Inspect(string name, MapValue values, ChartSourceOptions source)
    {
        var loaded = ChartFetcher.Load(name, source);
        return loaded.TryGet(out var chart)
            ? ValuesInspector.Inspect(chart, values)
            : throw new CommandFailure(loaded.Diagnostics.First(d => d.Severity == Severity.Error).ToString());
    }

    private static int Print(ValuesInspection inspection, bool json, bool onlyFindings)
    {
        if (json)
        {
            Console.Out.WriteLine(ChartReport.Json(inspection));
        }
        else
        {
            if (!onlyFindings)
            {
                Console.Out.WriteLine(ChartReport.Table(inspection.Values));
            }

            foreach (var diagnostic in inspection.Diagnostics)
            {
                Console.Out.WriteLine(ChartReport.Line(diagnostic));
            }
        }

        return inspection.Diagnostics.Any(d => d.Severity == Severity.Error) ? 1 : 0;
    }
}
