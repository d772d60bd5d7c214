using System.CommandLine;
using Weir.Cli.Charts;
using Weir.Cli.Help;
using Weir.Cli.Templating;
using Weir.Helm;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir lint</c>: what <c>helm lint</c> says, with the file and line of everything, and what values are wrong.</summary>
internal static class LintCommand
{
    internal static Command Create()
    {
        var charts = new Argument<string[]>("chart") { Description = "Folders or .tgz files of charts", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "Fail on warnings too" };
        var quiet = new Option<bool>("--quiet") { Description = "Print only warnings and errors" };
        var subcharts = new Option<bool>("--with-subcharts") { Description = "Lint the charts in charts/ too" };
        var flags = new ValueFlags();
        var command = new WeirCommand("lint", "Check a chart: its metadata, templates, and the values that files give and templates use.")
        {
            Group = CommandGroup.Render,
            Examples =
            [
                ("weir lint ./chart", "the chart with its defaults"),
                ("weir lint ./chart -f production.yaml --strict", "with a values file, mistyped keys are errors"),
            ],
            ExitCodes = [(0, "no errors"), (1, "errors, or with --strict warnings")],
            Arguments = { charts },
            Options = { strict, quiet, subcharts },
        };
        flags.AddTo(command);
        command.SetAction(parsed => Run(
            [.. (parsed.GetValue(charts) ?? []).SelectMany(c => parsed.GetValue(subcharts) ? WithSubcharts(c) : [c])],
            chart => flags.Read(parsed, chart),
            parsed.GetValue(strict),
            parsed.GetValue(quiet)));
        return command;
    }

    private static IEnumerable<string> WithSubcharts(string chart)
    {
        yield return chart;
        var folder = Path.Combine(chart, "charts");
        foreach (var child in Directory.Exists(folder) ? Directory.GetDirectories(folder).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            foreach (var below in File.Exists(Path.Combine(child, "Chart.yaml")) ? WithSubcharts(child) : [])
            {
                yield return below;
            }
        }
    }

    private static int Run(IReadOnlyList<string> charts, Func<string, (TemplateRequest Request, MapValue Values)> read, bool strict, bool quiet)
    {
        var failed = 0;
        foreach (var chart in charts)
        {
            var (request, values) = read(chart);
            var found = TemplateRun.OnLargeStack(() => Lint(chart, request, values));
            failed += found.Any(d => d.Severity == Severity.Error || (strict && d.Severity == Severity.Warning)) ? 1 : 0;
            var shown = found.Where(d => !quiet || d.Severity > Severity.Info).ToList();
            if (shown.Count == 0 && quiet)
            {
                continue;
            }

            Console.Out.WriteLine($"==> Linting {chart}");
            foreach (var diagnostic in shown)
            {
                Console.Out.WriteLine(ChartReport.Line(diagnostic));
            }

            Console.Out.WriteLine();
        }

        var summary = $"{charts.Count} chart(s) linted, {failed} chart(s) failed";
        if (failed > 0)
        {
            throw new CommandFailure(summary);
        }

        Console.Out.WriteLine(summary);
        return 0;
    }

    private static IReadOnlyList<Diagnostic> Lint(string path, TemplateRequest request, MapValue values)
    {
        var loaded = ChartFolder.Load(path);
        if (!loaded.TryGet(out var chart))
        {
            return loaded.Diagnostics;
        }

        var (capabilities, error) = TemplateRun.CapabilitiesOf(request);
        if (error is not null)
        {
            throw new CommandFailure(error.Message);
        }

        var release = new ReleaseOptions { Name = "test-release", Namespace = request.Namespace };
        var options = new RenderOptions { SkipSchemaValidation = request.SkipSchemaValidation, Schemas = request.SkipSchemaValidation ? null : ChartFetcher.Schemas(chart) };
        return [.. loaded.Diagnostics, .. ChartLint.Check(chart, path.TrimEnd('/'), values, release, capabilities, options)];
    }
}
