using System.Text;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// What a chart becomes with these values. With an error among the diagnostics nothing of it must be acted on; what was
/// done until then is kept for showing.
/// </summary>
public sealed record HelmRendering
{
    /// <summary>The objects of the release in the order of installing.</summary>
    public IReadOnlyList<RenderedManifest> Manifests { get; init; } = [];

    /// <summary>The hooks, in the order of installing kinds.</summary>
    public IReadOnlyList<ReleaseHook> Hooks { get; init; } = [];

    /// <summary>The files of <c>crds/</c>, whether or not they are part of the manifest.</summary>
    public IReadOnlyList<RenderedCrd> Crds { get; init; } = [];

    /// <summary>What <c>NOTES.txt</c> says; empty when there is none.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The values as templates began with them: the release's over the charts' defaults.</summary>
    public MapValue Values { get; init; } = new();

    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether <see cref="Manifest"/> begins with the files of <c>crds/</c>.</summary>
    public bool IncludesCrds { get; init; }

    /// <summary>True once values were accepted and templates were turned to: Helm words later errors differently.</summary>
    public bool ReachedTemplates { get; init; }

    /// <summary>The chart as this release used it, for its record.</summary>
    internal ChartInstance? Instance { get; init; }

    public bool Succeeded => !Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>Helm's words for what went wrong; <see langword="null"/> when nothing did.</summary>
    public string? Error => Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message;

    /// <summary>All documents with the template each came from, as Helm keeps them in a release.</summary>
    public string Manifest
    {
        get
        {
            var text = new StringBuilder();
            AppendManifest(text);
            return text.ToString();
        }
    }

    internal void AppendManifest(StringBuilder text)
    {
        if (IncludesCrds)
        {
            foreach (var crd in Crds)
            {
                Append(text, crd.Source, crd.Text);
            }
        }

        foreach (var manifest in Manifests)
        {
            Append(text, manifest.Source, manifest.Text);
        }
    }

    /// <summary>A document after the line that names its template.</summary>
    public static void Append(StringBuilder text, string source, string document) =>
        text.Append("---\n# Source: ").Append(source).Append('\n').Append(document).Append('\n');
}
