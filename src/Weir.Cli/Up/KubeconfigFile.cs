using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Up;

/// <summary>One kubeconfig for all embedded clusters, with a context for each.</summary>
internal static class KubeconfigFile
{
    /// <summary>The name of a cluster's context.</summary>
    public static string ContextName(string cluster) => $"weir-{cluster}";

    /// <summary>Joins the kubeconfigs of single clusters; the first becomes the current context.</summary>
    public static string Join(IEnumerable<(string Cluster, string Kubeconfig)> clusters)
    {
        var joined = new MapValue
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new ListValue(),
            ["contexts"] = new ListValue(),
            ["users"] = new ListValue(),
        };
        foreach (var (cluster, text) in clusters)
        {
            var name = ContextName(cluster);
            var single = (MapValue)YamlReader.Read(text).Result!;
            foreach (var section in new[] { "clusters", "contexts", "users" })
            {
                var entry = (MapValue)single.GetList(section)![0];
                entry["name"] = name;
                if (entry.GetMap("context") is { } context)
                {
                    context["cluster"] = name;
                    context["user"] = name;
                }

                joined.GetList(section)!.Add(entry);
            }

            if (!joined.ContainsKey("current-context"))
            {
                joined["current-context"] = name;
            }
        }

        return YamlWriter.Write(joined);
    }

    /// <summary>Writes the file for its owner's eyes only, whole or not at all.</summary>
    public static void Write(string path, string text)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var partial = full + ".partial";
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(new FileStream(partial, options)))
        {
            writer.Write(text);
        }

        File.Move(partial, full, overwrite: true);
    }
}
