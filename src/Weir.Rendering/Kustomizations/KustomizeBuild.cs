using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>Builds a folder with Kustomize, as Flux configures it.</summary>
internal static class KustomizeBuild
{
    /// <summary>The objects in build order; mistakes go to <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<MapValue> Run(IFileTree tree, string folder, KustomizationInputs inputs, List<Diagnostic> diagnostics)
    {
        _ = inputs;
        var objects = new List<MapValue>();
        Build(tree, folder, objects, diagnostics);
        return objects;
    }

    // Resources only, until Weir.Kustomize builds everything: what else stands in the file is refused by name.
    private static void Build(IFileTree tree, string folder, List<MapValue> objects, List<Diagnostic> diagnostics)
    {
        foreach (var name in (string[])["kustomization.yaml", "kustomization.yml", "Kustomization"])
        {
            var path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (tree.TryRead(path) is not { } content)
            {
                continue;
            }

            var parsed = YamlReader.Read(GoString.FromBytes(content.Span), new() { File = path });
            diagnostics.AddRange(parsed.Diagnostics);
            foreach (var (key, _) in parsed.Result as MapValue ?? [])
            {
                if (key is not ("apiVersion" or "kind" or "resources" or "namespace" or "metadata"))
                {
                    diagnostics.Add(Diagnostic.Error("kustomize-unsupported", $"the field '{key}' is not supported yet", new(path, 1, 1)));
                }
            }

            foreach (var item in (parsed.Result as MapValue)?.GetList("resources") ?? [])
            {
                AddResource(tree, folder, ((StringValue)item).Value, objects, diagnostics);
            }

            return;
        }
    }

    private static void AddResource(IFileTree tree, string folder, string resource, List<MapValue> objects, List<Diagnostic> diagnostics)
    {
        var path = FilePath.Combine(folder, resource) ?? "";
        if (tree.DirectoryExists(path))
        {
            Build(tree, path, objects, diagnostics);
            return;
        }

        if (tree.TryRead(path) is not { } content)
        {
            diagnostics.Add(Diagnostic.Error("kustomize-resource", $"no such file: '{resource}'"));
            return;
        }

        var parsed = YamlReader.ReadStream(GoString.FromBytes(content.Span), new() { File = path });
        diagnostics.AddRange(parsed.Diagnostics);
        foreach (var document in parsed.Result ?? [])
        {
            if (document is MapValue map)
            {
                objects.Add(map);
            }
        }
    }
}
