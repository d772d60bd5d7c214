using Weir.Fleet;

namespace Weir.Cli.Fleets;

/// <summary>What is made of a diff: reports, a comment, an exit code.</summary>
/// <param name="Reports">The reports.</param>
/// <param name="Markdown">How a comment is written.</param>
/// <param name="HasColour">Whether a terminal report has colours; <see langword="null"/> when the terminal decides.</param>
/// <param name="ExitsZero">True when changes and findings are no failure.</param>
internal sealed record DiffAnswerOptions(IReadOnlyList<ReportFile> Reports, MarkdownOptions Markdown, bool? HasColour, bool ExitsZero)
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
