using Weir.Flux;
using Weir.Sources.Files;
using Weir.Sources.Generating;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>The files of the ExternalArtifacts that an ArtifactGenerator makes, as the controller makes them: in a folder, by copying.</summary>
internal static class GeneratedTrees
{
    /// <summary>The tree of each artifact by name.</summary>
    /// <exception cref="InvalidDataException">A copy cannot be done.</exception>
    /// <exception cref="Weir.Sources.SourceException">The path pattern is none.</exception>
    public static IReadOnlyDictionary<string, IFileTree> Make(ArtifactGenerator generator, IReadOnlyDictionary<string, IFileTree> sources)
    {
        var work = Directory.CreateTempSubdirectory("weir-generate-").FullName;
        try
        {
            var folders = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (alias, tree) in sources)
            {
                folders[alias] = Directory.CreateDirectory(Path.Combine(work, "sources", alias)).FullName;
                Write(tree, "", folders[alias]);
            }

            var trees = new Dictionary<string, IFileTree>(StringComparer.Ordinal);
            foreach (var (plan, index) in ExpandPathPattern.Run(generator, folders).Select(static (p, i) => (p, i)))
            {
                var target = Directory.CreateDirectory(Path.Combine(work, "out", $"{index}")).FullName;
                new CopyFiles(folders, target).Run(plan.Output.Copy ?? []);
                trees[plan.Output.Name] = Read(new DiskFileTree(target));
            }

            return trees;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Write(IFileTree tree, string directory, string folder)
    {
        foreach (var entry in tree.List(directory))
        {
            var path = directory.Length == 0 ? entry.Name : $"{directory}/{entry.Name}";
            if (entry.IsDirectory)
            {
                Directory.CreateDirectory(Path.Combine(folder, path));
                Write(tree, path, folder);
            }
            else if (tree.TryRead(path) is { } content)
            {
                File.WriteAllBytes(Path.Combine(folder, path), content.Span);
            }
        }
    }

    private static MemoryFileTree Read(DiskFileTree tree)
    {
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        Collect("");
        return new(files);

        void Collect(string directory)
        {
            foreach (var entry in tree.List(directory))
            {
                var path = directory.Length == 0 ? entry.Name : $"{directory}/{entry.Name}";
                if (entry.IsDirectory)
                {
                    Collect(path);
                }
                else if (tree.TryRead(path) is { } content)
                {
                    files.Add(new(path, content));
                }
            }
        }
    }
}
