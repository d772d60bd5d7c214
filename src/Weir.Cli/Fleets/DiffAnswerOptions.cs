using Weir.Fleet;

namespace Weir.Cli.Fleets;

/// <summary>What is made of a diff: reports, a comment, an exit code.</summary>
internal sealed record DiffAnswerOptions(IReadOnlyList<ReportFile> Reports, MarkdownOptions Markdown, bool ExitsZero)
{
    public async Task WriteAsync(FleetReport report, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var file in Reports)
        {
            await file.WriteAsync(report, this, output, cancellationToken);
        }
    }

    public int ExitCode(FleetReport report) => ExitsZero ? 0 : (int)report.Verdict(Markdown.FailsOn);
}
