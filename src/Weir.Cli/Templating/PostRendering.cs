using System.Diagnostics;
using System.Text;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Templating;

/// <summary>
/// Passes all documents of a rendering, hooks included, through a program, and puts what it answers back in order. Each
/// document carries an annotation with its template's path on the way, as in Helm 4.
/// </summary>
internal static class PostRendering
{
    private const string SourceAnnotation = "postrenderer.helm.sh/postrender-filename";

    public static (HelmRendering Rendering, Diagnostic? Error) Run(TemplateRequest request, HelmRendering rendering)
    {
        var input = new StringBuilder();
        foreach (var (source, document) in rendering.Manifests.Select(m => (m.Source, m.Object))
            .Concat(rendering.Hooks.Select(h => (h.Source, h.Object))).OrderBy(d => d.Source, GoString.Comparer))
        {
            if (document is not null)
            {
                var marked = document.DeepClone();
                marked.GetOrAddMap("metadata").GetOrAddMap("annotations")[SourceAnnotation] = source;
                input.Append(input.Length > 0 ? "---\n" : "").Append(YamlWriter.Write(marked));
            }
        }

        var (output, error) = Pass(request, input.ToString());
        if (error is not null)
        {
            return (rendering, Fail($"error while running post render on files: {error}"));
        }

        var read = YamlReader.ReadStream(output);
        if (!read.TryGet(out var documents))
        {
            return (rendering, Fail($"error while parsing post rendered output: error parsing YAML: {read.Diagnostics[0].Message}"));
        }

        var files = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        for (var i = 0; i < documents.Count; i++)
        {
            if (documents[i] is MapValue map)
            {
                var source = TakeSource(map) ?? $"generated-by-postrender-{i}.yaml";
                files.TryAdd(source, new StringBuilder());
                files[source].Append(files[source].Length > 0 ? "---\n" : "").Append(YamlWriter.Write(map));
            }
        }

        return HelmRenderer.Sort(rendering, files.Select(f => KeyValuePair.Create(f.Key, f.Value.ToString())));
    }

    private static string? TakeSource(MapValue document)
    {
        if (document.GetMap("metadata") is not { } metadata || metadata.GetMap("annotations") is not { } annotations)
        {
            return null;
        }

        var source = annotations.GetString(SourceAnnotation);
        annotations.Remove(SourceAnnotation);
        if (annotations.Count == 0)
        {
            metadata.Remove("annotations");
        }

        return source;
    }

    private static (string Output, string? Error) Pass(TemplateRequest request, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(request.PostRenderer!, request.PostRendererArguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return ("", $"exit status {process.ExitCode}: {errors.Result.Trim()}");
            }

            return output.Result.Trim().Length == 0 ? ("", $"post-renderer \"{request.PostRenderer}\" produced empty output") : (output.Result, null);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return ("", $"unable to run {request.PostRenderer}: {e.Message}");
        }
    }

    private static Diagnostic Fail(string message) => Diagnostic.Error("helm-post-render", message);
}
