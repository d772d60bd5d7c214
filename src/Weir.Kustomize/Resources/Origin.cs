using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Resources;

/// <summary>Where a resource or a transformer comes from, as the origin annotations tell it.</summary>
internal sealed record Origin
{
    public const string Annotation = "config.kubernetes.io/origin";

    public const string TransformationsAnnotation = "alpha.config.kubernetes.io/transformations";

    public string Path { get; init; } = "";

    public string Repo { get; init; } = "";

    public string Ref { get; init; } = "";

    /// <summary>The file that asks for the generator or transformer.</summary>
    public string ConfiguredIn { get; init; } = "";

    /// <summary>The object that configures it: apiVersion, kind, name and namespace.</summary>
    public (string ApiVersion, string Kind, string Name, string Namespace) ConfiguredBy { get; init; } = ("", "", "", "");

    /// <summary>The origin of a path that this one's kustomization names.</summary>
    public Origin Append(string path)
    {
        if (RepositorySpec.Parse(path, out _) is { } spec)
        {
            var inside = Clean("notCloned/" + spec.Path);
            return this with
            {
                Repo = spec.CloneUrl,
                Ref = spec.Ref,
                Path = inside == "notCloned" ? inside : inside["notCloned/".Length..],
            };
        }

        return this with { Path = Clean(Path.Length == 0 ? path : $"{Path}/{path}") };
    }

    /// <summary>The annotation's text.</summary>
    public string ToText() => string.Concat(Lines().Select(l => l + "\n"));

    /// <summary>The annotation of transformations with one more.</summary>
    public string AppendTo(string? transformations) =>
        transformations + string.Concat(Lines().Select((l, i) => (i == 0 ? "- " : "  ") + l + "\n"));

    /// <summary>The path with <c>.</c> and <c>..</c> resolved where that can be; it may lead upwards.</summary>
    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    private IEnumerable<string> Lines()
    {
        foreach (var (key, text) in ((string, string)[])[("path", Path), ("repo", Repo), ("ref", Ref), ("configuredIn", ConfiguredIn)])
        {
            if (text.Length > 0)
            {
                yield return $"{key}: {Write(text)}";
            }
        }

        if (ConfiguredBy == ("", "", "", ""))
        {
            yield break;
        }

        yield return "configuredBy:";
        var by = ConfiguredBy;
        foreach (var (key, text) in ((string, string)[])[("apiVersion", by.ApiVersion), ("kind", by.Kind), ("name", by.Name), ("namespace", by.Namespace)])
        {
            if (text.Length > 0)
            {
                yield return $"  {key}: {Write(text)}";
            }
        }
    }

    private static string Write(string text) => YamlWriter.Write(new StringValue(text), new YamlWriteOptions { Dialect = YamlDialect.GoYamlV3, KeepOrder = true }).TrimEnd('\n');
}
