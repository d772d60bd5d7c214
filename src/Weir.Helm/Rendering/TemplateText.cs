using System.Text;
using Weir.Values;

namespace Weir.Helm;

/// <summary>The bytes that <c>helm template</c> prints for a rendering.</summary>
public static class TemplateText
{
    /// <summary>The whole output: the manifest, then the hooks.</summary>
    /// <param name="rendering">What was rendered.</param>
    /// <param name="hooks">Whether hooks are printed.</param>
    /// <param name="tests">Whether hooks of the event <c>test</c> are printed.</param>
    public static string Print(HelmRendering rendering, bool hooks = true, bool tests = true)
    {
        var text = new StringBuilder();
        rendering.AppendManifest(text);

        // It begins with a separator, so that only its end can be blank.
        while (text.Length > 0 && char.IsWhiteSpace(text[^1]))
        {
            text.Length--;
        }

        text.Append('\n');
        foreach (var hook in Hooks(rendering, hooks, tests))
        {
            HelmRendering.Append(text, hook.Source, hook.Text);
        }

        return text.ToString();
    }

    /// <summary>The hooks that are to be printed.</summary>
    public static IEnumerable<ReleaseHook> Hooks(HelmRendering rendering, bool hooks, bool tests) =>
        hooks ? rendering.Hooks.Where(h => tests || !h.IsTest) : [];

    /// <summary>The documents of an output that come from the files named by patterns, in the patterns' order; or the error.</summary>
    public static (string Text, string? Error) Only(string output, IReadOnlyList<string> patterns)
    {
        var documents = ManifestSplitter.Split(output);
        var chosen = new StringBuilder();
        foreach (var pattern in patterns)
        {
            var isMissing = true;
            foreach (var document in documents)
            {
                if (SourceBelowChart(document) is { } source && PathPattern.IsMatch(pattern, source))
                {
                    chosen.Append("---\n").Append(document).Append('\n');
                    isMissing = false;
                }
            }

            if (isMissing)
            {
                return ("", $"could not find template {pattern} in chart");
            }
        }

        return (chosen.ToString(), null);
    }

    /// <summary>The path after the chart's name in the first line of the form <c># Source: chart/path</c>.</summary>
    private static string? SourceBelowChart(string document)
    {
        const string mark = "# Source: ";
        for (var at = document.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = document.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            var end = document.IndexOf('\n', at);
            var line = document.AsSpan(at + mark.Length, (end < 0 ? document.Length : end) - at - mark.Length);
            var slash = line.IndexOf('/');
            if (slash > 0 && slash + 1 < line.Length)
            {
                return line[(slash + 1)..].ToString();
            }
        }

        return null;
    }
}
