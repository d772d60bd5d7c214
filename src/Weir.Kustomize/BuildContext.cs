using Weir.Kustomize.Explaining;
using Weir.Kustomize.Merging;
using Weir.Values;

namespace Weir.Kustomize;

/// <summary>What all parts of one build share.</summary>
internal sealed class BuildContext(KustomizeOptions options)
{
    private readonly HashSet<(string, string, SourceSpan)> _told = [];

    public KustomizeOptions Options { get; } = options;

    public OpenApiSchema Schema { get; } = new();

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Follows the fields through the build; absent when nobody asked.</summary>
    public FieldTracker? Tracker { get; } = options.TrackFields ? new FieldTracker() : null;

    /// <summary>A path of the tree as people are told it: from the working directory when it lies below, else absolute.</summary>
    public string Display(string path)
    {
        var work = Options.WorkingDirectory;
        if (work.Length == 0)
        {
            return path;
        }

        return FilePath.IsWithin(path, work) && path.Length > work.Length ? path[(work.Length + 1)..] : "/" + path;
    }

    /// <summary>Says that something written does nothing: a warning, an error when the build is strict.</summary>
    public void TellUnused(string code, string message, SourceSpan span, string hint) => Tell(
        new Diagnostic(code, Options.Strict ? Severity.Error : Severity.Warning, message, span, hint));

    /// <summary>Adds a diagnostic, once.</summary>
    public void Tell(Diagnostic diagnostic)
    {
        if (_told.Add((diagnostic.Code, diagnostic.Message, diagnostic.Span)))
        {
            Diagnostics.Add(diagnostic);
        }
    }
}
