using System.Text;
using Weir.Kustomize;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>Kustomization files over a few resources: the build answers, whatever the file says.</summary>
internal static class KustomizationTarget
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["app/deployment.yaml"] = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}}
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - {name: main, image: nginx:1.2, ports: [{containerPort: 80}], env: [{name: A, value: "$(V)"}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config}
            data: {a: "1", config.json: '{"x": {"y": 2}}'}
            """,
        ["app/component/kustomization.yaml"] = "kind: Component\nnamePrefix: c-\n",
        ["app/data.env"] = "A=1\nB\n# no\n",
    };

    private static readonly string[] Seeds =
    [
        "resources: [deployment.yaml]\nnamePrefix: a-\nnamespace: prod\nimages: [{name: nginx, newTag: v1}]\n",
        "resources: [deployment.yaml]\ncomponents: [component]\nlabels: [{pairs: {a: b}, includeSelectors: true, fields: [{path: spec/x, create: true}]}]\n",
        "resources: [deployment.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 3\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {$patch: replace, x: null}\n",
        "resources: [deployment.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: config, fieldPath: data.a, options: {delimiter: '.', index: 0}}\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths: ['data.config\\.json.x.y', 'data.[z]']\n    options: {create: true}\n",
        "resources: [deployment.yaml]\nconfigMapGenerator: [{name: config, behavior: merge, literals: [x=y], envs: [data.env]}]\nvars: [{name: V, objref: {kind: ConfigMap, name: config, apiVersion: v1}, fieldref: {fieldPath: 'data.a'}}]\nreplicas: [{name: web, count: 2}]\nsortOptions: {order: legacy}\nbuildMetadata: [originAnnotations, transformerAnnotations]\n",
        "resources: [deployment.yaml]\ntransformers:\n- |-\n  apiVersion: builtin\n  kind: PrefixTransformer\n  metadata: {name: p}\n  prefix: x-\n  fieldSpecs: [{path: metadata/name}]\ngenerators: [g.yaml]\nopenapi: {version: v1.21.2}\ncrds: [c.yaml]\n",
    ];

    public static FuzzTarget Create() => new("kustomization", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Run);

    private static void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var files = new Dictionary<string, string>(Files) { ["app/kustomization.yaml"] = text };
        var result = KustomizeBuild.Run(MemoryFileTree.FromText(files), "app", new KustomizeOptions { TrackFields = text.Length % 2 == 0 });
        if (result.IsSuccess)
        {
            KustomizeBuild.ToYaml(result.Objects);
        }
        else if (result.Error!.Length == 0 || !result.Diagnostics.Any(d => d.Severity == Severity.Error))
        {
            throw new InvalidOperationException("a failure without a diagnostic");
        }
    }
}
