using System.Security.Cryptography;
using System.Text;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>
/// What a Kustomization produces from a tree of files. The one place that knows: controllers, builds, diffs and tests call it.
/// </summary>
public static class KustomizationRenderer
{
    private const string NameLabel = "kustomize.toolkit.fluxcd.io/name";
    private const string NamespaceLabel = "kustomize.toolkit.fluxcd.io/namespace";

    public static KustomizationRendering Render(Kustomization kustomization, IFileTree tree, KustomizationInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(kustomization);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(inputs);
        var diagnostics = new List<Diagnostic>();
        var folder = FilePath.Combine("", kustomization.Spec.Path ?? "") ?? "";
        if (!tree.DirectoryExists(folder) && folder.Length > 0)
        {
            diagnostics.Add(Diagnostic.Error(
                "kustomization-path",
                $"kustomization path not found: {kustomization.Spec.Path}",
                hint: Similar(tree, folder)));
            return new() { Diagnostics = diagnostics, IsPathMissing = true };
        }

        if (KustomizationFileGenerator.Generate(kustomization, tree, folder, diagnostics) is not { } file || HasErrors(diagnostics))
        {
            return new() { Diagnostics = diagnostics };
        }

        IFileTree overlay = new OverlayFileTree(tree, new Dictionary<string, ReadOnlyMemory<byte>> { [file.Path] = GoString.ToBytes(file.Content) });
        if (kustomization.Spec.Decryption is not null && inputs.DecryptFile is { } decrypt)
        {
            overlay = SourceDecryption.Run(overlay, folder, decrypt, diagnostics);
            if (HasErrors(diagnostics))
            {
                return new() { Diagnostics = diagnostics };
            }
        }

        var built = KustomizeStep.Run(overlay, folder, diagnostics);
        if (HasErrors(diagnostics))
        {
            return new() { Diagnostics = diagnostics };
        }

        var variables = Variables(kustomization.Spec.PostBuild, inputs);
        var text = new StringBuilder();
        var objects = new List<MapValue>(built.Count);
        foreach (var item in built)
        {
            if (Finish(kustomization, item, inputs, variables, diagnostics) is { } value)
            {
                text.Append(text.Length == 0 ? "" : "---\n").Append(YamlWriter.Write(value));
                objects.Add(value);
            }
        }

        if (HasErrors(diagnostics))
        {
            return new() { Diagnostics = diagnostics };
        }

        var all = text.ToString();
        return new()
        {
            Objects = Prepare(kustomization, objects),
            Text = all,
            Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(GoString.ToBytes(all))),
            Diagnostics = diagnostics,
        };
    }

    private static Dictionary<string, string> Variables(PostBuild? postBuild, KustomizationInputs inputs)
    {
        var variables = new Dictionary<string, string>(inputs.Variables.Count, StringComparer.Ordinal);
        foreach (var (name, value) in inputs.Variables)
        {
            variables[name] = value.Replace("\n", "", StringComparison.Ordinal);
        }

        foreach (var (name, value) in postBuild?.Substitute ?? new FieldMap<string>([]))
        {
            variables[name] = value.Replace("\n", "", StringComparison.Ordinal);
        }

        return variables;
    }

    private static MapValue? Finish(
        Kustomization kustomization,
        MapValue value,
        KustomizationInputs inputs,
        Dictionary<string, string> variables,
        List<Diagnostic> diagnostics)
    {
        var kind = value.GroupVersionKind();
        if (value.Name().Length == 0 || kind.Kind.Length == 0 || kind.Version.Length == 0)
        {
            diagnostics.Add(Diagnostic.Error(
                "kustomization-object",
                $"failed to decode Kubernetes apiVersion, kind and name from: {kind}",
                value.Span));
            return null;
        }

        if (kustomization.Spec.Decryption is not null && inputs.DecryptObject is { } decrypt)
        {
            var decrypted = decrypt(value);
            foreach (var diagnostic in decrypted.Diagnostics)
            {
                diagnostics.Add(diagnostic with { Message = $"decryption failed for '{Describe(kind)}/{value.Name()}': {diagnostic.Message}" });
            }

            if (!decrypted.TryGet(out var plain))
            {
                return null;
            }

            value = plain;
        }

        if (kustomization.Spec.PostBuild is { } postBuild)
        {
            try
            {
                value = PostBuildSubstitution.Apply(value, variables, postBuild.SubstituteStrategy == "Always", inputs.IsStrict);
            }
            catch (SubstitutionException e)
            {
                diagnostics.Add(Diagnostic.Error(
                    "kustomization-substitute",
                    $"post build failed for '{Describe(kind)}/{value.Name()}': {e.Message}",
                    value.Span));
                return null;
            }
        }

        return value;
    }

    private static List<MapValue> Prepare(Kustomization kustomization, List<MapValue> built)
    {
        var objects = new List<MapValue>(built.Count);
        foreach (var value in built)
        {
            if (value.GetString("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && value.GetList("items") is { } items)
            {
                foreach (var item in items)
                {
                    if (item is MapValue map)
                    {
                        objects.Add(map.DeepClone());
                    }
                }
            }
            else
            {
                objects.Add(value.DeepClone());
            }
        }

        objects.RemoveAll(static v => v.Name().Length == 0 || v.GroupVersionKind() is { Group: "kustomize.config.k8s.io", Kind: "Kustomization" });
        foreach (var value in objects)
        {
            value.AddLabel(NameLabel, kustomization.Metadata.Name);
            value.AddLabel(NamespaceLabel, kustomization.Metadata.Namespace);
            ObjectNormalizer.Normalize(value);
            value.AddCommonMetadata(kustomization.Spec.CommonMetadata);
        }

        return objects;
    }

    // Kustomize prints a kind as Kind.version.group, with a placeholder for the core group.
    private static string Describe(GroupVersionKind kind) =>
        $"{kind.Kind}.{kind.Version}.{(kind.Group.Length == 0 ? "[noGrp]" : kind.Group)}";

    private static bool HasErrors(List<Diagnostic> diagnostics) => diagnostics.Exists(static d => d.Severity == Severity.Error);

    private static string? Similar(IFileTree tree, string folder)
    {
        var parent = FilePath.Directory(folder);
        while (parent.Length > 0 && !tree.DirectoryExists(parent))
        {
            parent = FilePath.Directory(parent);
        }

        var names = new List<string>();
        foreach (var entry in tree.List(parent))
        {
            if (entry.IsDirectory)
            {
                names.Add(entry.Name);
            }
        }

        return names.Count == 0 ? null : $"'{(parent.Length == 0 ? "." : parent)}' has {string.Join(", ", names)}";
    }
}
