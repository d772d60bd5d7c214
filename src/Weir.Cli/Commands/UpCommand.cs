using System.CommandLine;
using Weir.Cli.Help;
using Weir.Cli.Up;
using Weir.Values;
using Weir.Sources.Mirrors;

namespace Weir.Cli.Commands;

/// <summary><c>weir up</c>: a whole fleet on embedded clusters.</summary>
internal static class UpCommand
{
    private static readonly Argument<string> Repo = new("repo")
    {
        Description = "A directory inside a Git work tree, a bare repository, or a URL",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> PathOption = new("--path")
    {
        Description = "The directory of one cluster; without it every directory under clusters/ is a cluster",
        HelpName = "clusters/NAME",
    };

    private static readonly Option<string?> Branch = new("--branch") { Description = "The branch to follow; without it the one checked out", HelpName = "NAME" };

    private static readonly Option<bool> Once = new("--once") { Description = "End when everything is Ready, or when --timeout ends" };

    private static readonly Option<string> TimeoutOption = new("--timeout")
    {
        Description = "How long --once waits",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "5m",
    };

    private static readonly Option<bool> IncludeWorktree = new("--include-worktree")
    {
        Description = "Take uncommitted files too, as a commit on top",
    };

    private static readonly Option<string[]> Mirror = new("--mirror")
    {
        Description = "Answer sources whose URL starts with the prefix from a local directory, bare repository or archive. May be given many times",
        HelpName = "URL-PREFIX=PATH",
    };

    private static readonly Option<string?> DataDir = new("--data-dir")
    {
        Description = "Keep the clusters here, and go on from what is here",
        HelpName = "DIR",
    };

    private static readonly Option<string?> KubeconfigOut = new("--kubeconfig-out") { Description = "Where the kubeconfig is written", HelpName = "FILE" };

    private static readonly Option<int> Concurrency = new("--concurrency")
    {
        Description = "Objects of one kind that are reconciled at the same time",
        HelpName = "N",
        DefaultValueFactory = _ => 8,
    };

    public static Command Create()
    {
        var command = new WeirCommand("up", "Bring every cluster of a Flux repository to Ready on embedded Kubernetes APIs, and go on reconciling.")
        {
            Group = CommandGroup.Run,
            Arguments = { Repo },
            Options = { PathOption, Branch, Once, TimeoutOption, IncludeWorktree, Mirror, DataDir, KubeconfigOut, Concurrency },
            Examples =
            [
                ("weir up", "all clusters of the repository here, until Ctrl-C"),
                ("weir up examples/fleet --once", "the check for CI: exit 0 when everything becomes Ready"),
                ("weir up --path clusters/staging --include-worktree", "one cluster, with what is not committed yet"),
                ("weir up --mirror https://charts.example.com=./charts", "charts from a local directory instead of the network"),
            ],
            ExitCodes =
            [
                (0, "stopped by Ctrl-C, or with --once: everything became Ready"),
                (1, "with --once: something was not Ready in time; or the repository or an option cannot be used"),
                (130, "interrupted before the clusters were up, or while --once waited"),
            ],
        };
        command.SetAction((result, cancellation) => new UpSession(Options(result), result.InvocationConfiguration.Output).RunAsync(cancellation));
        return command;
    }

    private static UpOptions Options(ParseResult result) => new()
    {
        Repository = result.GetValue(Repo)!,
        Path = result.GetValue(PathOption),
        Branch = result.GetValue(Branch),
        Once = result.GetValue(Once),
        Timeout = Duration(result.GetValue(TimeoutOption)!),
        IncludeWorktree = result.GetValue(IncludeWorktree),
        Mirrors = [.. MirrorArguments.Parse(result.GetValue(Mirror))],
        DataDirectory = result.GetValue(DataDir),
        KubeconfigOut = result.GetValue(KubeconfigOut),
        Concurrency = result.GetValue(Concurrency),
    };

    private static TimeSpan Duration(string text) => GoDuration.TryParse(text, out var duration)
        ? duration.ToTimeSpan()
        : throw new CommandFailure($"--timeout {text}: expected a duration such as 90s or 5m");
}
