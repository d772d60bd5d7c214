using System.Text;
using System.Text.Json;
using Weir.Kubernetes;
using Weir.Kustomize;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Loading;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>Calls the parts of the room that kustomize's tests call.</summary>
internal sealed class Harness
{
    public Harness(IEnumerable<KeyValuePair<string, string>>? files = null, string root = "/app")
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in files ?? [])
        {
            all[FilePath.Combine("", path)!] = text;
        }

        all[FilePath.Combine(root.TrimStart('/'), "kustomization.yaml")!] = "";
        Context = new BuildContext(KustomizeOptions.Default);
        Input = new PluginInput(Context, Loader.Create(Context, MemoryFileTree.FromText(all), root.TrimStart('/')));
    }

    public BuildContext Context { get; }

    public PluginInput Input { get; }

    /// <summary>Objects without the checks of files: tests leave out names and kinds.</summary>
    public ResourceList Read(string text) =>
        new(NodeReader.ReadStream(text, null).OfType<MapValue>().Select(Input.Reader.Make));

    /// <summary>A value as it would be printed.</summary>
    public static Value Settled(Value value) => NodeSettling.ToPlainCopy(value);

    /// <summary>Compares objects with a text by what they mean, not by how they are written.</summary>
    public static string? Compare(string expected, IEnumerable<Resource> actual)
    {
        var wanted = Weir.Yaml.YamlReader.ReadStream(expected, NodeReader.Options(null)).Result!.Where(d => !Scalar.IsNull(d)).Select(Settled).ToList();
        var got = actual.Select(r => Settled(r.Object)).ToList();
        if (wanted.Count != got.Count)
        {
            return $"expected {wanted.Count} objects, got {got.Count}";
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            if (!wanted[i].Equals(got[i]))
            {
                return $"expected\n{NodeText.Write(wanted[i])}got\n{NodeText.Write(got[i])}";
            }
        }

        return null;
    }

    /// <summary>Runs something that must fail with a text, or succeed when there is none.</summary>
    public static string? Expect(string? error, Func<string?> run)
    {
        try
        {
            var difference = run();
            return string.IsNullOrEmpty(error) ? difference : $"should fail with: {error}";
        }
        catch (BuildFailure failure)
        {
            return !string.IsNullOrEmpty(error) && failure.Message.Contains(error, StringComparison.Ordinal)
                ? null
                : $"expected error '{error}', got '{failure.Message}'";
        }
    }

    public static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static GroupVersionKind Kind(JsonElement row)
    {
        var inner = row.TryGetProperty("Gvk", out var gvk) ? gvk : row;
        return new(Text(inner, "Group") ?? "", Text(inner, "Version") ?? "", Text(inner, "Kind") ?? "");
    }

    public static ResourceId Id(JsonElement row)
    {
        var kind = Kind(row);
        return new(kind, Text(row, "Name") ?? "", Text(row, "Namespace") ?? "", new Weir.Kustomize.Merging.OpenApiSchema().IsClusterScoped(kind.ApiVersion, kind.Kind));
    }

    public static FieldSpec Field(JsonElement row) => new(
        Kind(row), Text(row, "Path") ?? "", row.TryGetProperty("CreateIfNotPresent", out var create) && create.GetBoolean());

    public static IEnumerable<FieldSpec> Fields(JsonElement row, string name) =>
        row.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Field) : [];

    public static SortedDictionary<string, string> Map(JsonElement row, string name)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (row.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in map.EnumerateObject())
            {
                result[entry.Name] = entry.Value.GetString()!;
            }
        }

        return result;
    }

    /// <summary>A Go literal as a value, its field names as they are.</summary>
    public static MapValue Literal(JsonElement row) =>
        (MapValue)Yaml(row.GetRawText());

    private static Value Yaml(string json) => Weir.Yaml.JsonReader.Read(Encoding.UTF8.GetBytes(json)).Result!;
}
