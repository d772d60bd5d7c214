using System.CommandLine;
using Weir.Fleet;
using Weir.Sources.Git;

namespace Weir.Cli.Fleets;

/// <summary>The options of a diff, and its answer.</summary>
internal sealed class DiffQuestion
{
    private readonly FleetFlags _flags = new();

    private readonly Option<string?> _from = new("--from")
    {
        Description = "The revision before; where the current head left the default branch when not given",
        HelpName = "REV",
    };

    private readonly Option<string?> _to = new("--to") { Description = "The revision after; HEAD when not given", HelpName = "REV" };

    private readonly Option<bool> _worktree = new("--worktree") { Description = "Compare with the files as they lie in the work tree, committed or not" };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = $"One or more of {ReportFile.Formats}; FORMAT=FILE writes a file",
        DefaultValueFactory = _ => "terminal",
        HelpName = "FORMAT[=FILE]",
    };

    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "Exit with 2 when there is a finding of this severity or worse: info, warning, error or never",
        DefaultValueFactory = _ => "error",
        HelpName = "SEVERITY",
    };

    private readonly Option<bool> _exitZero = new("--exit-zero") { Description = "Exit with 0 whatever was found" };

    private readonly Option<bool> _showDerived = new("--show-derived")
    {
        Description = "Show helm.sh/chart and version labels and checksum annotations too, which follow from other changes",
    };

    private readonly Option<string?> _color = new("--color")
    {
        Description = "Colours of the terminal report: always (also when nothing is said), never, or auto, which is a terminal without NO_COLOR",
        HelpName = "WHEN",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int> _maxSize = new("--max-size")
    {
        Description = $"Most characters of the Markdown report, at least {MarkdownReport.LeastBudget}",
        DefaultValueFactory = _ => MarkdownReport.DefaultBudget,
        HelpName = "CHARACTERS",
    };

    /// <summary>The options that say what is compared.</summary>
    public IReadOnlyList<Option> Sides => [_from, _to, _worktree];

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _to, _worktree, _output, _failOn, _exitZero, _showDerived, _color, _maxSize })
        {
            command.Options.Add(option);
        }

        _flags.AddTo(command);
    }

    /// <summary>Reads the options that can be wrong, before anything is rendered.</summary>
    public DiffAnswerOptions Read(ParseResult result)
    {
        var size = result.GetValue(_maxSize);
        return new(
            ReportFile.ParseAll(result.GetValue(_output)!),
            new() { FailsOn = FailLimit(result.GetValue(_failOn)!), Budget = size >= MarkdownReport.LeastBudget ? size : throw new CommandFailure($"--max-size {size}: the least is {MarkdownReport.LeastBudget}") },
            HasColour(result),
            result.GetValue(_exitZero));
    }

    /// <summary>Renders both sides and compares them.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="from">The revision before when the command line names none; <see langword="null"/> for where the head left the default branch.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<FleetReport> AskAsync(ParseResult result, string? from, CancellationToken cancellationToken)
    {
        try
        {
            var git = new GitProgram();
            using var revisions = await FleetRevisions.OpenAsync(_flags.Repository(result), git, cancellationToken);
            using var sources = _flags.Sources(result, git);
            var left = await revisions.AtAsync(result.GetValue(_from) ?? from ?? await revisions.MergeBaseAsync(cancellationToken), cancellationToken);
            var right = result.GetValue(_worktree) ? revisions.WorkTree() : await revisions.AtAsync(result.GetValue(_to) ?? "HEAD", cancellationToken);
            var options = _flags.BuildOptions(result, revisions);
            var builder = new FleetBuilder(sources, options);
            var before = await builder.BuildAsync(left, cancellationToken);
            var after = await builder.BuildAsync(right, cancellationToken);
            if (before.Count == 0 && after.Count == 0)
            {
                throw new CommandFailure("the repository has no cluster on either side: no directory under clusters/; name one with --path");
            }

            var diff = FleetDiff.Compare(left.Name, before, right.Name, after, new() { FoldsDerived = !result.GetValue(_showDerived) });
            return new FleetReport(diff, FindingRules.Run(diff, before, after, options.Capabilities.KubeVersion)) { Folder = revisions.Folder };
        }
        catch (FleetException e)
        {
            throw new CommandFailure(e.Message);
        }
    }

    private bool? HasColour(ParseResult result) => result.GetResult(_color) is null or { Implicit: true } ? null : result.GetValue(_color) switch
    {
        null or "always" => true,
        "never" => false,
        "auto" => null,
        var text => throw new CommandFailure($"--color {text}: say always, never or auto"),
    };

    private static FindingSeverity? FailLimit(string text) => text switch
    {
        "info" => FindingSeverity.Info,
        "warning" => FindingSeverity.Warning,
        "error" => FindingSeverity.Error,
        "never" => null,
        _ => throw new CommandFailure($"--fail-on {text}: say info, warning, error or never"),
    };
}
