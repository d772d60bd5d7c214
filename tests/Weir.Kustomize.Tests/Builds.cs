using Weir.Values;

namespace Weir.Kustomize.Tests;

/// <summary>Builds of texts held in memory.</summary>
internal static class Builds
{
    public const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels:
            app: web
        spec:
          replicas: 1
          template:
            spec:
              containers:
              - name: main
                image: nginx:1.2
        """;

    public static KustomizeResult Run(string directory, params (string Path, string Text)[] files) =>
        Run(KustomizeOptions.Default, directory, files);

    public static KustomizeResult Run(KustomizeOptions options, string directory, params (string Path, string Text)[] files) =>
        KustomizeBuild.Run(Tree(files), directory, options);

    public static MemoryFileTree Tree(params (string Path, string Text)[] files) =>
        MemoryFileTree.FromText(files.Select(f => KeyValuePair.Create(f.Path, f.Text)));

    /// <summary>A build of one deployment with a kustomization.</summary>
    public static KustomizeResult WithDeployment(string kustomization, KustomizeOptions? options = null) => Run(
        options ?? KustomizeOptions.Default,
        "app",
        ("app/kustomization.yaml", "resources:\n- deployment.yaml\n" + kustomization),
        ("app/deployment.yaml", Deployment));

    public static MapValue Single(this KustomizeResult result)
    {
        Assert.Null(result.Error);
        return Assert.Single(result.Objects);
    }
}
