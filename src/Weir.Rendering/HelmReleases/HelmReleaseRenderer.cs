using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kustomize;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>
/// What a HelmRelease produces from a chart: Helm's rendering, then the post-renderers, common metadata and origin labels. The
/// one place that knows: controllers, builds, diffs and tests call it.
/// </summary>
public static class HelmReleaseRenderer
{
    private const string Group = "helm.toolkit.fluxcd.io";
    private const string Input = "helm-output.yaml";

    /// <summary>Renders. With an error among the diagnostics nothing of it must be acted on.</summary>
    public static HelmRendering Render(
        HelmRelease release,
        Chart chart,
        MapValue values,
        ReleaseOptions options,
        Capabilities capabilities,
        RenderOptions rendering)
    {
        ArgumentNullException.ThrowIfNull(release);
        var rendered = HelmRenderer.Render(chart, options, values, capabilities, rendering);
        return rendered.Succeeded ? PostRender(release, rendered) : rendered;
    }

    /// <summary>The release's name: its own, or one of target namespace and name, shortened to what Helm allows.</summary>
    public static string ReleaseName(HelmRelease release)
    {
        ArgumentNullException.ThrowIfNull(release);
        var name = !string.IsNullOrEmpty(release.Spec.ReleaseName) ? release.Spec.ReleaseName
            : string.IsNullOrEmpty(release.Spec.TargetNamespace) ? release.Metadata.Name
            : $"{release.Spec.TargetNamespace}-{release.Metadata.Name}";
        const int longest = 53;
        const int hashLength = 12;
        if (name.Length <= longest)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(GoString.ToBytes(name)));
        return $"{name[..(longest - hashLength - 1)]}-{hash[..hashLength]}";
    }

    /// <summary>The namespace that objects without one go to.</summary>
    public static string ReleaseNamespace(HelmRelease release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return string.IsNullOrEmpty(release.Spec.TargetNamespace) ? release.Metadata.Namespace : release.Spec.TargetNamespace;
    }

    private static HelmRendering PostRender(HelmRelease release, HelmRendering rendered)
    {
        switch (release.Spec.PostRenderStrategy)
        {
            case "nohooks":
                var (own, mistake) = Transform(release, Manifests(rendered));
                return mistake is null ? Sorted(rendered, own, rendered.Hooks) : Failed(rendered, mistake);
            case "separate":
                var (manifests, first) = Transform(release, Manifests(rendered));
                var (hooks, second) = Transform(release, Hooks(rendered));
                return (first ?? second) is { } wrong ? Failed(rendered, wrong) : Sorted(rendered, [.. manifests, .. hooks], []);
            default:
                var all = new List<Document>([.. Manifests(rendered), .. Hooks(rendered)]);
                all.Sort(static (a, b) => string.CompareOrdinal(a.Source, b.Source));
                var (documents, problem) = Transform(release, all);
                return problem is null ? Sorted(rendered, documents, []) : Failed(rendered, problem);
        }
    }

    private static IEnumerable<Document> Manifests(HelmRendering rendered) =>
        rendered.Manifests.Where(static m => m.Object is not null).Select(static m => new Document(m.Source, Reread(m.Text)));

    private static IEnumerable<Document> Hooks(HelmRendering rendered) =>
        rendered.Hooks.Where(static h => h.Object is not null).Select(static h => new Document(h.Source, Reread(h.Text)));

    // Kustomize reads YAML by other rules than Helm: "yes" is a text.
    private static MapValue Reread(string text) =>
        YamlReader.Read(text, new() { Dialect = YamlDialect.GoYamlV3 }).Result as MapValue ?? [];

    private static (IReadOnlyList<Document> Documents, string? Mistake) Transform(HelmRelease release, IEnumerable<Document> input)
    {
        IReadOnlyList<Document> documents = [.. input];
        foreach (var renderer in release.Spec.PostRenderers ?? [])
        {
            if (renderer.Kustomize is not { } kustomize)
            {
                continue;
            }

            var (next, mistake) = Kustomize(kustomize, documents);
            if (mistake is not null)
            {
                return ([], mistake);
            }

            documents = next;
        }

        if (Duplicate(documents) is { } duplicate)
        {
            return ([], $"may not add resource with an already registered id: {duplicate}");
        }

        foreach (var document in documents)
        {
            document.Object.AddCommonMetadata(release.Spec.CommonMetadata);
            document.Object.AddLabel($"{Group}/name", release.Metadata.Name);
            document.Object.AddLabel($"{Group}/namespace", release.Metadata.Namespace);
        }

        return (documents, null);
    }

    private static (IReadOnlyList<Document> Documents, string? Mistake) Kustomize(KustomizePostRenderer renderer, IReadOnlyList<Document> documents)
    {
        const string annotation = "postrenderer.helm.sh/postrender-filename";
        var text = new System.Text.StringBuilder();
        foreach (var document in documents)
        {
            var value = document.Object.DeepClone();
            value.GetOrAddMap("metadata").GetOrAddMap("annotations")[annotation] = document.Source;
            text.Append(text.Length == 0 ? "" : "---\n").Append(YamlWriter.Write(value));
        }

        var file = new MapValue
        {
            ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
            ["kind"] = "Kustomization",
            ["resources"] = new ListValue([Input]),
        };
        if (renderer.Images is { Count: > 0 } images)
        {
            file["images"] = new ListValue(images.Select(PatchRules.ToKustomize));
        }

        if (renderer.Patches is { Count: > 0 } patches)
        {
            file["patches"] = new ListValue(patches.Select(PatchRules.ToKustomize));
        }

        var tree = MemoryFileTree.FromText([new(Input, text.ToString()), new("kustomization.yaml", YamlWriter.Write(file))]);
        var built = KustomizeBuild.Run(tree, "", new() { LoadRestrictor = LoadRestrictor.None });
        if (built.Error is { } error)
        {
            return ([], error);
        }

        var result = new List<Document>(built.Objects.Count);
        for (var i = 0; i < built.Objects.Count; i++)
        {
            var value = built.Objects[i].DeepClone();
            var source = value.Annotation(annotation) ?? $"generated-by-postrender-{i}.yaml";
            if (value.GetMap("metadata")?.GetMap("annotations") is { } annotations)
            {
                annotations.Remove(annotation);
                if (annotations.Count == 0)
                {
                    value.GetMap("metadata")!.Remove("annotations");
                }
            }

            result.Add(new(source, value));
        }

        return (result, null);
    }

    private static string? Duplicate(IReadOnlyList<Document> documents)
    {
        var seen = new HashSet<(GroupVersionKind, string, string)>();
        foreach (var document in documents)
        {
            var kind = document.Object.GroupVersionKind();
            if (!seen.Add((kind, document.Object.Namespace(), document.Object.Name())))
            {
                var space = document.Object.Namespace();
                return $"{kind.Kind}.{kind.Version}.{(kind.Group.Length == 0 ? "[noGrp]" : kind.Group)}/{document.Object.Name()}.{(space.Length == 0 ? "[noNs]" : space)}";
            }
        }

        return null;
    }

    private static HelmRendering Sorted(HelmRendering rendered, IReadOnlyList<Document> documents, IReadOnlyList<ReleaseHook> hooks)
    {
        var files = new SortedDictionary<string, string>(GoString.Comparer);
        foreach (var document in documents)
        {
            var text = YamlWriter.Write(document.Object);
            files[document.Source] = files.TryGetValue(document.Source, out var before) ? $"{before}---\n{text}" : text;
        }

        var (sorted, error) = HelmRenderer.Sort(rendered, files);
        if (error is not null)
        {
            return rendered with { Diagnostics = [.. rendered.Diagnostics, error] };
        }

        return hooks.Count == 0 ? sorted : sorted with { Hooks = hooks };
    }

    private static HelmRendering Failed(HelmRendering rendered, string mistake) => rendered with
    {
        Diagnostics = [.. rendered.Diagnostics, Diagnostic.Error("helm-post-render", $"error while running post render on files: {mistake}")],
    };

    private sealed record Document(string Source, MapValue Object);
}
