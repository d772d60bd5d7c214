using System.CommandLine;
using Weir.Cli.Fleets;
using Weir.Cli.Help;

namespace Weir.Cli.Commands;

/// <summary><c>weir diff</c>: what a change does to everything that a fleet renders, without a cluster.</summary>
internal static class DiffCommand
{
    private static readonly DiffQuestion Question = new();

    public static Command Create()
    {
        var command = new WeirCommand("diff", "Show what a change does to every object that the fleet renders, in every cluster, without a cluster.")
        {
            Group = CommandGroup.Render,
            Examples =
            [
                ("weir diff", "this branch against where it left the default branch"),
                ("weir diff --from HEAD --worktree", "what is not committed yet"),
                ("weir diff --from v1 --to v2 -o html=diff.html,codequality=gl-code-quality-report.json", "reports for a merge request"),
            ],
            ExitCodes =
            [
                (0, "no change, or --exit-zero"), (1, "changes; also when the question is wrong: no repository, no such revision, a report that cannot be written"),
                (2, "findings at or above --fail-on"), (3, "something of the new side cannot be rendered; the rest is shown"),
            ],
        };
        Question.AddTo(command);
        command.Subcommands.Add(DiffPublishCommand.Create());
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var answer = Question.Read(result);
        var report = await Question.AskAsync(result, null, cancellationToken);
        await answer.WriteAsync(report, result.InvocationConfiguration.Output, cancellationToken);
        return answer.ExitCode(report);
    }
}
