using System.Reflection;
using System.Text;
using Weir.Fleet;

namespace Weir.Cli.Fleets;

/// <summary>One report that was asked for: its format, and the file it goes to or <see langword="null"/> for the standard output.</summary>
internal sealed record ReportFile(string Format, string? Path)
{
    /// <summary>The formats as an option's description names them.</summary>
    public const string Formats = "terminal, unified, markdown, html, json, codequality, sarif, junit, metrics, dotenv";

    // Half of a surrogate pair, as a template may cut one, becomes a replacement character rather than an exception.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads a list of <c>FORMAT</c> and <c>FORMAT=FILE</c>. Throws <see cref="CommandFailure"/> for what cannot be written.</summary>
    public static IReadOnlyList<ReportFile> ParseAll(string text)
    {
        var files = text.Split(',').Select(static t => Parse(t)).ToList();
        if (files.Count(static f => f.Path is null) > 1)
        {
            throw new CommandFailure($"--output {text}: one format can go to the standard output; give the others files, as in html=FILE");
        }

        foreach (var file in files)
        {
            if (files.Count(f => f.Path == file.Path) > 1)
            {
                throw new CommandFailure($"--output {text}: two reports would go to {file.Path}");
            }
        }

        return files;
    }

    /// <summary>Writes the report; a file is complete or not there.</summary>
    public async Task WriteAsync(FleetReport report, DiffAnswerOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var text = new StringWriter { NewLine = "\n" };
        switch (Format)
        {
            case "terminal":
                TerminalReport.Write(report, text, Terminal(options));
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
                    "markdown" => MarkdownReport.Write(report, options.Markdown),
                    "json" => JsonReport.Write(report),
                    "codequality" => CodeQualityReport.Write(report),
                    "sarif" => SarifReport.Write(report, Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)),
                    "metrics" => MetricsReport.Write(report),
                    "dotenv" => DotenvReport.Write(report, options.Markdown.FailsOn),
                    _ => JUnitReport.Write(report),
                });
                break;
        }

        if (Path is null)
        {
            await output.WriteAsync(text.ToString());
            return;
        }

        // A device has no other name to be written under.
        var partial = Path.StartsWith("/dev/", StringComparison.Ordinal) ? Path : $"{Path}.{Guid.NewGuid():N}.part";
        try
        {
            await File.WriteAllTextAsync(partial, text.ToString(), Encoding, cancellationToken);
            if (partial != Path)
            {
                File.Move(partial, Path, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"the report cannot be written to {Path}: {e.Message.Replace(partial, Path, StringComparison.Ordinal)}");
        }
        finally
        {
            if (partial != Path)
            {
                File.Delete(partial);
            }
        }
    }

    // https://no-color.org: set and not empty.
    private TerminalOptions Terminal(DiffAnswerOptions options)
    {
        var isTerminal = Path is null && !Console.IsOutputRedirected;
        var isWanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new()
        {
            WithColour = options.HasColour ?? (isTerminal && isWanted),
            Width = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : null,
        };
    }

    private static ReportFile Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var format = equals < 0 ? text : text[..equals];
        if (!Formats.Split(", ").Contains(format))
        {
            throw new CommandFailure($"--output {text}: the formats are {Formats}");
        }

        if (equals < 0)
        {
            return new(format, null);
        }

        // Better told now than after minutes of rendering.
        var path = text[(equals + 1)..];
        var folder = path.Length == 0 ? "" : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        return path.Length == 0 ? throw new CommandFailure($"--output {text}: the name of the file is missing")
            : Directory.Exists(path) ? throw new CommandFailure($"--output {text}: {path} is a directory; name a file in it")
            : !Directory.Exists(folder) ? throw new CommandFailure($"--output {text}: there is no directory {folder}; make it first")
            : new(format, path);
    }
}
