using System.Text;
using System.Text.Json;
using Weir.Kustomize;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>Any text as a JSON pointer, and as the field path of a replacement.</summary>
internal static class PointerTarget
{
    private static readonly string[] Seeds =
        ["/spec/a~1b/0", "", "/", "/spec/list/-", "/spec/list/-2", "spec.list.[name=x].y", "data.config\\.json.a.b", "spec.list.*.name", "[a.b]", "spec.list.0"];

    public static FuzzTarget Create() => new("pointer", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Run);

    private static void Run(byte[] input)
    {
        var text = JsonSerializer.Serialize(Encoding.UTF8.GetString(input));
        foreach (var operation in (string[])["add", "remove", "replace", "test", "copy", "move"])
        {
            Build($"patches:\n- target: {{kind: Thing}}\n  patch: |-\n    [{{\"op\": \"{operation}\", \"path\": {text}, \"from\": {text}, \"value\": 1}}]\n");
        }

        foreach (var create in (string[])["true", "false"])
        {
            Build($"replacements:\n- sourceValue: x\n  targets:\n  - {{select: {{kind: Thing}}, fieldPaths: [{text}], options: {{create: {create}}}}}\n");
        }
    }

    private static void Build(string kustomization)
    {
        var files = new Dictionary<string, string>
        {
            ["app/thing.yaml"] = "apiVersion: v1\nkind: Thing\nmetadata: {name: t}\nspec: {a/b: [1], list: [{name: x, y: 1}, z]}\ndata: {config.json: '{\"a\": {\"b\": 1}}'}\n",
            ["app/kustomization.yaml"] = "resources: [thing.yaml]\n" + kustomization,
        };
        var result = KustomizeBuild.Run(MemoryFileTree.FromText(files), "app");
        if (result.IsSuccess)
        {
            KustomizeBuild.ToYaml(result.Objects);
        }
    }
}
