using System.Text;
using Weir.Flux;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>
/// Writes the kustomization.yaml that is built: the one in the folder, or one that lists every YAML file below it, with what
/// the Kustomization's spec adds. As fluxcd/pkg kustomize 1.39.
/// </summary>
internal static class KustomizationFileGenerator
{
    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>The path and content of the file to build with. Mistakes go to <paramref name="diagnostics"/>.</summary>
    public static (string Path, string Content)? Generate(Kustomization kustomization, IFileTree tree, string folder, List<Diagnostic> diagnostics)
    {
        var existing = FindFile(tree, folder);
        var path = existing ?? Join(folder, FileNames[0]);
        var file = existing is null ? FromFiles(tree, folder) : Read(tree, existing, diagnostics);
        if (file is null)
        {
            return null;
        }

        if (existing is not null && file.GetList("resources") is not { Count: > 0 })
        {
            // Without anything in it the build would fail with "kustomization.yaml is empty".
            file["buildMetadata"] = new ListValue(["originAnnotations"]);
        }

        AddSpec(kustomization.Spec, file, tree, folder, diagnostics);
        return (path, YamlWriter.Write(file));
    }

    /// <summary>The kustomization file in a folder; <see langword="null"/> when there is none.</summary>
    public static string? FindFile(IFileTree tree, string folder)
    {
        foreach (var name in FileNames)
        {
            var path = Join(folder, name);
            if (tree.FileExists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static MapValue? Read(IFileTree tree, string path, List<Diagnostic> diagnostics)
    {
        var parsed = YamlReader.Read(GoString.FromBytes(tree.TryRead(path)!.Value.Span), new() { File = path });
        diagnostics.AddRange(parsed.Diagnostics);
        if (parsed.HasErrors)
        {
            return null;
        }

        if (parsed.Result is MapValue file)
        {
            return file;
        }

        if (parsed.Result is null or NullValue)
        {
            return [];
        }

        diagnostics.Add(Diagnostic.Error("kustomization-file", "a kustomization file must be a map", new(path, 1, 1)));
        return null;
    }

    private static MapValue FromFiles(IFileTree tree, string folder)
    {
        var file = new MapValue
        {
            ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
            ["kind"] = "Kustomization",
        };
        var resources = new ListValue();
        Scan(tree, folder, "./", resources);
        if (resources.Count > 0)
        {
            file["resources"] = resources;
        }
        else
        {
            // An empty folder is a Kustomization that produces nothing.
            file["namespace"] = "_placeholder";
        }

        return file;
    }

    private static void Scan(IFileTree tree, string folder, string prefix, ListValue resources)
    {
        foreach (var entry in tree.List(folder))
        {
            var path = Join(folder, entry.Name);
            if (entry.IsDirectory)
            {
                if (FindFile(tree, path) is not null)
                {
                    resources.Add(prefix + entry.Name);
                }
                else
                {
                    Scan(tree, path, $"{prefix}{entry.Name}/", resources);
                }
            }
            else if (entry.Name.EndsWith(".yaml", StringComparison.Ordinal) || entry.Name.EndsWith(".yml", StringComparison.Ordinal))
            {
                resources.Add(prefix + entry.Name);
            }
        }
    }

    private static void AddSpec(KustomizationSpec spec, MapValue file, IFileTree tree, string folder, List<Diagnostic> diagnostics)
    {
        SetText(file, "namespace", spec.TargetNamespace);
        SetText(file, "namePrefix", spec.NamePrefix);
        SetText(file, "nameSuffix", spec.NameSuffix);
        foreach (var patch in spec.Patches ?? [])
        {
            GetOrAddList(file, "patches").Add(PatchRules.ToKustomize(patch));
        }

        foreach (var component in spec.Components ?? [])
        {
            AddComponent(component, spec.IgnoreMissingComponents == true, file, tree, folder, diagnostics);
        }

        foreach (var image in spec.Images ?? [])
        {
            AddImage(GetOrAddList(file, "images"), image);
        }

        if (spec.BuildMetadata is { Count: > 0 } metadata)
        {
            var list = new ListValue();
            foreach (var item in metadata)
            {
                list.Add(item);
            }

            file["buildMetadata"] = list;
        }
    }

    private static void AddComponent(string component, bool ignoresMissing, MapValue file, IFileTree tree, string folder, List<Diagnostic> diagnostics)
    {
        if (component.StartsWith('/') || component.Contains("://", StringComparison.Ordinal) || component.Contains("?ref=", StringComparison.Ordinal))
        {
            diagnostics.Add(Diagnostic.Error("kustomization-component", $"component path '{component}' must be local and relative"));
            return;
        }

        var path = FilePath.Combine(folder, component);
        var exists = path is not null && (tree.DirectoryExists(path) || tree.FileExists(path));
        if (exists || !ignoresMissing)
        {
            GetOrAddList(file, "components").Add(component);
        }
    }

    private static void AddImage(ListValue images, ImageOverride wanted)
    {
        foreach (var item in images)
        {
            if (item is not MapValue known || known.GetString("name") != wanted.Name)
            {
                continue;
            }

            SetText(known, "newName", wanted.NewName);
            if (!string.IsNullOrEmpty(wanted.NewTag) || !string.IsNullOrEmpty(wanted.Digest))
            {
                // Tag and digest choose the version together: a new tag beside an old digest would not be used.
                known.Remove("newTag");
                known.Remove("digest");
                SetText(known, "newTag", wanted.NewTag);
                SetText(known, "digest", wanted.Digest);
            }

            return;
        }

        images.Add(PatchRules.ToKustomize(wanted));
    }

    private static ListValue GetOrAddList(MapValue file, string name)
    {
        if (file.GetList(name) is { } list)
        {
            return list;
        }

        list = [];
        file[name] = list;
        return list;
    }

    private static void SetText(MapValue file, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            file[name] = text;
        }
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
