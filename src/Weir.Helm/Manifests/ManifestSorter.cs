using System.Globalization;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>Splits rendered files into documents, sets hooks apart, and puts both into the order of installing.</summary>
internal static class ManifestSorter
{
    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback", "test",
    };

    /// <summary>
    /// The documents and hooks of these files (path and text), with their objects unless only texts are wanted. Reading
    /// ends at the first document that is no YAML.
    /// </summary>
    public static (IReadOnlyList<RenderedManifest> Manifests, IReadOnlyList<ReleaseHook> Hooks, Diagnostic? Error) Sort(
        IEnumerable<KeyValuePair<string, string>> files,
        bool onlyTexts = false)
    {
        var manifests = new List<RenderedManifest>();
        var hooks = new List<ReleaseHook>();
        foreach (var (path, text) in files.OrderBy(f => f.Key, GoString.Comparer))
        {
            if (FilePath.Name(path).StartsWith('_'))
            {
                continue;
            }

            foreach (var document in ManifestSplitter.Split(text))
            {
                if (Add(path, document, onlyTexts, manifests, hooks) is { } error)
                {
                    return (manifests, hooks, error);
                }
            }
        }

        return (KindOrder.ForInstall(manifests, m => m.Kind), KindOrder.ForInstall(hooks, h => h.Kind), null);
    }

    private static Diagnostic? Add(string path, string document, bool onlyTexts, List<RenderedManifest> manifests, List<ReleaseHook> hooks)
    {
        var read = YamlReader.Read(document, new YamlReadOptions { File = path });
        if (!read.TryGet(out var value))
        {
            var first = read.Diagnostics.First(d => d.Severity == Severity.Error);
            return Fail(path, ValuesReader.YamlErrorPrefix + first.Message, first.Span, document);
        }

        var (head, error) = ManifestHead.Read(value);
        if (error is not null)
        {
            return Fail(path, "error unmarshaling JSON: while decoding JSON: " + error, value.Span, document);
        }

        var map = onlyTexts ? null : value as MapValue;
        if (head.Annotations is null || !head.Annotations.TryGetValue(ReleaseHook.EventsAnnotation, out var written))
        {
            manifests.Add(new RenderedManifest(path, document, head.Kind, map));
            return null;
        }

        var events = Words(written).Select(e => e == "test-success" ? "test" : e).ToList();
        if (!events.TrueForAll(Events.Contains))
        {
            // Helm passes over a document with a hook that it does not know.
            return null;
        }

        hooks.Add(new ReleaseHook
        {
            Name = head.Name,
            Kind = head.Kind,
            Source = path,
            Text = document,
            Object = map,
            Events = events,
            Weight = int.TryParse(head.Annotations.GetValueOrDefault(ReleaseHook.WeightAnnotation), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weight) ? weight : 0,
            DeletePolicies = Words(head.Annotations.GetValueOrDefault(ReleaseHook.DeletePolicyAnnotation)),
            OutputLogPolicies = Words(head.Annotations.GetValueOrDefault(ReleaseHook.OutputLogPolicyAnnotation)),
        });
        return null;
    }

    private static List<string> Words(string? list) =>
        list is null ? [] : [.. list.Split(',').Select(w => w.Trim().ToLowerInvariant())];

    private static Diagnostic Fail(string path, string message, SourceSpan span, string document) => Diagnostic.Error(
        "helm-manifest",
        $"YAML parse error on {path}: {message}",
        span,
        span.Line > 0 && span.Line <= document.AsSpan().Count('\n') + 1 ? $"line {span.Line} of what the template wrote" : null);
}
