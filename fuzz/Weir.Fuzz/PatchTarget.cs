using System.Text;
using Weir.Kustomize;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>Patches, strategic merge and JSON alike, on a Deployment: applied or refused.</summary>
internal static class PatchTarget
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}, finalizers: [a, b]}
        spec:
          replicas: 1
          template:
            spec:
              containers:
              - {name: main, image: nginx:1.2, ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}], args: [a, b]}
              - {name: side, image: side:1}
              volumes: [{name: v, emptyDir: {}}]
        """;

    private static readonly string[] Seeds =
    [
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n      - {name: main, ports: [{containerPort: 80, name: x}]}\n      - {name: side, $patch: delete}\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, annotations: null}\nspec:\n  template:\n    spec:\n      containers:\n      - $patch: replace\n      - {name: new}\n      volumes: null\n",
        "- {op: add, path: /spec/template/spec/containers/-, value: {name: x}}\n- {op: remove, path: /spec/template/spec/containers/-1}\n- {op: test, path: /spec/replicas, value: 1}\n",
        "[{\"op\": \"move\", \"from\": \"/spec/replicas\", \"path\": \"/metadata/labels/a~1b\"}, {\"op\": \"copy\", \"from\": \"/metadata\", \"path\": \"/spec/m~0\"}, {\"op\": \"replace\", \"path\": \"\", \"value\": {}}]",
    ];

    public static FuzzTarget Create() => new("patch", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Run);

    private static void Run(byte[] input)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["app/deployment.yaml"] = Encoding.UTF8.GetBytes(Deployment),
            ["app/patch.yaml"] = input,
            ["app/kustomization.yaml"] = "resources: [deployment.yaml]\npatches: [{path: patch.yaml, target: {kind: Deployment}}]\n"u8.ToArray(),
            ["own/kustomization.yaml"] = "resources: [../app]\npatchesStrategicMerge: [patch.yaml]\n"u8.ToArray(),
            ["own/patch.yaml"] = input,
        };
        var tree = new MemoryFileTree(files);
        foreach (var directory in (string[])["app", "own"])
        {
            var result = KustomizeBuild.Run(tree, directory);
            if (result.IsSuccess)
            {
                KustomizeBuild.ToYaml(result.Objects);
            }
        }
    }
}
