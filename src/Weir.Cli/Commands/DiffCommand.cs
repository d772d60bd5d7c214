using System.CommandLine;
using Weir.Cli.Fleets;
using Weir.Cli.Help;
using Weir.Fleet;
using Weir.Sources.Git;

namespace Weir.Cli.Commands;

/// <summary><c>weir diff</c>: what a change does to everything that a fleet renders, without a cluster.</summary>
internal static class DiffCommand
{
    private static readonly FleetFlags Flags = new();

    private static readonly Option<string?> From = new("--from")
    {
        Description = "The revision before; where the current head left the default branch when not given",
        HelpName = "REV",
    };

    private static readonly Option<string?> To = new("--to") { Description = "The revision after; HEAD when not given", HelpName = "REV" };

    private static readonly Option<bool> Worktree = new("--worktree") { Description = "Compare with the files as they lie in the work tree, committed or not" };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "terminal, unified, markdown, html, json, codequality, sarif or junit; FORMAT=FILE writes a file besides, separated by commas",
        DefaultValueFactory = _ => "terminal",
        HelpName = "FORMAT[=FILE]",
    };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "Exit with 2 when there is a finding of this severity or worse: info, warning, error or never",
        DefaultValueFactory = _ => "error",
        HelpName = "SEVERITY",
    };

    private static readonly Option<bool> ExitZero = new("--exit-zero") { Description = "Exit with 0 whatever was found" };

    private static readonly Option<bool> ShowDerived = new("--show-derived")
    {
        Description = "Show helm.sh/chart and version labels and checksum annotations too, which follow from other changes",
    };

    private static readonly Option<int> MaxBytes = new("--max-size")
    {
        Description = "Most characters of the Markdown report",
        DefaultValueFactory = _ => MarkdownReport.DefaultBudget,
        HelpName = "CHARACTERS",
    };

    public static Command Create()
    {
        var command = new WeirCommand("diff", "Show what a change does to every object that the fleet renders, in every cluster, without a cluster.")
        {
            Group = CommandGroup.Render,
            Options = { From, To, Worktree, Output, FailOn, ExitZero, ShowDerived, MaxBytes },
            Examples =
            [
                ("weir diff", "this branch against where it left the default branch"),
                ("weir diff --from HEAD --worktree", "what is not committed yet"),
                ("weir diff --from v1 --to v2 -o markdown=comment.md,codequality=gl-code-quality-report.json", "reports for a merge request"),
            ],
            ExitCodes =
            [
                (0, "no change, or --exit-zero"), (1, "changes; also when the question is wrong: no repository, no such revision"),
                (2, "findings at or above --fail-on"), (3, "something of the new side cannot be rendered; the rest is shown"),
            ],
        };
        Flags.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            var reports = result.GetValue(Output)!.Split(',').Select(static o => ReportFile.Parse(o)).ToList();
            var limit = FailLimit(result.GetValue(FailOn)!);
            var git = new GitProgram();
            using var revisions = await FleetRevisions.OpenAsync(Flags.Repository(result), git, cancellationToken);
            using var sources = Flags.Sources(result, git);
            var from = await revisions.AtAsync(result.GetValue(From) ?? await revisions.MergeBaseAsync(cancellationToken), cancellationToken);
            var to = result.GetValue(Worktree) ? revisions.WorkTree() : await revisions.AtAsync(result.GetValue(To) ?? "HEAD", cancellationToken);
            var builder = new FleetBuilder(sources, Flags.BuildOptions(result, revisions));
            var before = await builder.BuildAsync(from, cancellationToken);
            var after = await builder.BuildAsync(to, cancellationToken);
            if (before.Count == 0 && after.Count == 0)
            {
                throw new CommandFailure("the repository has no cluster on either side: no directory under clusters/; name one with --path");
            }

            var diff = FleetDiff.Compare(from.Name, before, to.Name, after, new() { FoldsDerived = !result.GetValue(ShowDerived) });
            var report = new FleetReport(diff, FindingRules.Run(diff, before, after));
            foreach (var file in reports)
            {
                await file.WriteAsync(report, result.GetValue(MaxBytes), result.InvocationConfiguration.Output, cancellationToken);
            }

            return result.GetValue(ExitZero) ? 0
                : diff.HasErrors ? 3
                : limit is { } severity && report.Findings.Any(f => f.Severity >= severity) ? 2
                : diff.HasChanges ? 1 : 0;
        }
        catch (FleetException e)
        {
            throw new CommandFailure(e.Message);
        }
    }

    private static FindingSeverity? FailLimit(string text) => text switch
    {
        "info" => FindingSeverity.Info,
        "warning" => FindingSeverity.Warning,
        "error" => FindingSeverity.Error,
        "never" => null,
        _ => throw new CommandFailure($"--fail-on {text}: say info, warning, error or never"),
    };
}
