using System.CommandLine;
using System.CommandLine.Help;
using Weir.Cli.Help;

namespace Weir.Cli.Commands;

/// <summary>All commands of <c>weir</c>, one line each.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand("weir: GitOps for Kubernetes. Flux's API, with renders, diffs and whole clusters on your machine.")
        {
            TemplateCommand.Create(),
            KustomizeCommand.Create(),
            LintCommand.Create(),
            ChartCommand.Create(),
            BuildCommand.Create(),
            DiffCommand.Create(),
            UpCommand.Create(),
            GetCommand.Create(),
            TreeCommand.Create(),
            TraceCommand.Create(),
            EventsCommand.Create(),
            LogsCommand.Create(),
            StatsCommand.Create(),
            ExportCommand.Create(),
            ReconcileCommand.Create(),
            SuspendCommand.Create(),
            SuspendCommand.CreateResume(),
            CheckCommand.Create(),
            ApiServerCommand.Create(),
            ControllerCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Options.OfType<HelpOption>().Single().Action = new HelpPage();
        return root;
    }
}
