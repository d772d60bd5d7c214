using System.Security.Cryptography;
using System.Text;

namespace Weir.Fleet;

/// <summary>
/// One page that needs nothing else: findings, reach, images and every difference, with a filter. It asks the network for
/// nothing, and its own policy forbids any script but the one it brings.
/// </summary>
public static class HtmlReport
{
    private static readonly Lazy<string> Style = new(static () => Asset("report.css"));
    private static readonly Lazy<string> Script = new(static () => Asset("report.js"));

    public static void Write(FleetReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var title = $"weir diff: {report.Diff.From} → {report.Diff.To}";
        output.Write($"""
            <!doctype html>
            <html lang=en><head><meta charset=utf-8>
            <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src '{Digest(Style.Value)}'; script-src '{Digest(Script.Value)}'; base-uri 'none'; form-action 'none'">
            <meta name=viewport content="width=device-width, initial-scale=1">
            <meta name=referrer content=no-referrer>
            <title>{HtmlText.Escape(title)}</title>
            <style>{Style.Value}</style></head><body class=no-script>
            <a class=skip href="#applications">Skip to the applications</a>
            <header><h1>What this change does</h1>
            <p class=sides><code>{HtmlText.Escape(report.Diff.From)}</code> → <code>{HtmlText.Escape(report.Diff.To)}</code></p>
            <p>{HtmlText.Escape(report.Reach)}</p></header>
            <main>

            """);
        Findings(report, output);
        if (report.Diff.Units.Count > 0)
        {
            HtmlReach.Write(report, output);
        }

        Images(report, output);
        new HtmlApplications(report, output).Write();
        output.Write($"</main>\n<script>{Script.Value}</script>\n</body></html>\n");
    }

    private static void Findings(FleetReport report, TextWriter output)
    {
        if (report.Findings.Count == 0)
        {
            return;
        }

        var indexes = report.Diff.Units.Select(static (unit, index) => (unit.Id, index)).ToDictionary(static u => u.Id, static u => u.index);
        output.Write($"<section aria-labelledby=findings><h2 id=findings>Findings <small>{report.Findings.Count}</small></h2><div class=scroll tabindex=0 role=region aria-labelledby=findings><table class=findings><thead><tr><th scope=col>severity<th scope=col>rule<th scope=col>where<th scope=col>what<th scope=col>file<tbody>");
        foreach (var finding in report.Findings)
        {
            var where = HtmlText.Escape(finding.Unit.ToString());
            output.Write($"<tr><td><span class={ReportText.Name(finding.Severity)}>{ReportText.Name(finding.Severity)}</span><td><code>{HtmlText.Escape(finding.Rule)}</code><td>");
            output.Write(indexes.TryGetValue(finding.Unit, out var index) ? $"<a href=\"#u{index}\">{where}</a>" : where);
            output.Write(finding.Object is { } key ? $"<br><code>{HtmlText.Escape(key.ToString())}</code>" : "");
            output.Write($"<td>{HtmlText.Escape(finding.Message)}<td>");
            output.Write(finding.Span.IsKnown ? $"<code>{HtmlText.Escape(finding.Span.ToString())}</code>" : "");
        }

        output.Write("</table></div></section>\n");
    }

    private static void Images(FleetReport report, TextWriter output)
    {
        if (report.Diff.Images.Count == 0)
        {
            return;
        }

        output.Write("<section aria-labelledby=images><h2 id=images>Images</h2><div class=scroll tabindex=0 role=region aria-labelledby=images><table><thead><tr><th scope=col>image<th scope=col>before<th scope=col>after<th scope=col>applications<tbody>");
        foreach (var image in report.Diff.Images)
        {
            output.Write($"<tr><th scope=row><code>{HtmlText.Escape(image.Name)}</code><td>{Tags(image.Before)}<td>{Tags(image.After)}<td>");
            output.Write($"<details><summary>{HtmlText.Count(image.Units.Count, "application")}</summary>{string.Join("<br>", image.Units.Select(static u => HtmlText.Escape(u.ToString())))}</details>");
        }

        output.Write("</table></div></section>\n");
    }

    private static string Tags(IReadOnlyList<string> tags) =>
        tags.Count == 0 ? "<span class=none>(none)</span>" : string.Join("<br>", tags.Select(static t => $"<code>{HtmlText.Escape(t)}</code>"));

    private static string Digest(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // The policy of the page names digests of these texts, and a browser reads line breaks as LF.
        return "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
