using System.Reflection;
using System.Text;
using Weir.Fleet;

namespace Weir.Cli.Fleets;

/// <summary>One report that was asked for: its format, and the file it goes to or <see langword="null"/> for the standard output.</summary>
internal sealed record ReportFile(string Format, string? Path)
{
    // Half of a surrogate pair, as a template may cut one, becomes a replacement character rather than an exception.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly string[] Formats = ["terminal", "unified", "markdown", "html", "json", "codequality", "sarif", "junit"];

    /// <summary>Reads <c>FORMAT</c> or <c>FORMAT=FILE</c>. Throws <see cref="CommandFailure"/> for an unknown format.</summary>
    public static ReportFile Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var format = equals < 0 ? text : text[..equals];
        return Formats.Contains(format)
            ? new(format, equals < 0 ? null : text[(equals + 1)..])
            : throw new CommandFailure($"--output {text}: the formats are {string.Join(", ", Formats)}");
    }

    /// <summary>Writes the report; a file is complete or not there.</summary>
    public async Task WriteAsync(FleetReport report, MarkdownOptions markdown, TextWriter output, CancellationToken cancellationToken)
    {
        var text = new StringWriter { NewLine = "\n" };
        switch (Format)
        {
            case "terminal":
                TerminalReport.Write(report, text, Path is null && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null);
                break;
            case "unified":
                UnifiedReport.Write(report, text);
                break;
            case "html":
                HtmlReport.Write(report, text);
                break;
            default:
                text.Write(Format switch
                {
                    "markdown" => MarkdownReport.Write(report, markdown),
                    "json" => JsonReport.Write(report),
                    "codequality" => CodeQualityReport.Write(report),
                    "sarif" => SarifReport.Write(report, Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)),
                    _ => JUnitReport.Write(report),
                });
                break;
        }

        if (Path is null)
        {
            await output.WriteAsync(text.ToString());
            return;
        }

        var partial = $"{Path}.{Guid.NewGuid():N}.part";
        try
        {
            await File.WriteAllTextAsync(partial, text.ToString(), Encoding, cancellationToken);
            File.Move(partial, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"the report cannot be written to {Path}: {e.Message}");
        }
    }
}
