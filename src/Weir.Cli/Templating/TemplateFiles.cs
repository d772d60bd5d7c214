using System.Text;
using Weir.Helm;
using Weir.Values;

namespace Weir.Cli.Templating;

/// <summary>Writes documents to the files of <c>--output-dir</c>, one file a template.</summary>
internal static class TemplateFiles
{
    /// <summary>Writes all documents and answers the lines that tell of it.</summary>
    public static string Write(TemplateRequest request, HelmRendering rendering, string directory)
    {
        var told = new StringBuilder();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var crd in request.IncludeCrds ? rendering.Crds : [])
        {
            WriteOne(directory, crd.Source, crd.Text, written, told);
        }

        var below = request.UseReleaseName ? Path.Combine(directory, request.Release) : directory;
        foreach (var manifest in rendering.Manifests)
        {
            WriteOne(below, manifest.Source, manifest.Text, written, told);
        }

        foreach (var hook in TemplateText.Hooks(rendering, !request.NoHooks, !request.SkipTests))
        {
            WriteOne(below, hook.Source, hook.Text, written, told);
        }

        // Helm prints the manifest even then; it is empty, so one line break remains.
        return told.Append('\n').ToString();
    }

    private static void WriteOne(string directory, string source, string text, HashSet<string> written, StringBuilder told)
    {
        var file = $"{directory}/{source}";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var document = new StringBuilder();
        HelmRendering.Append(document, source, text);
        using var stream = new FileStream(file, written.Add(file) ? FileMode.Create : FileMode.Append, FileAccess.Write);
        stream.Write(GoString.ToBytes(document.ToString()));
        told.Append("wrote ").Append(file).Append('\n');
    }
}
