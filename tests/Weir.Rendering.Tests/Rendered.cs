using Weir.Flux;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering.Tests;

/// <summary>Renderings of texts held in memory.</summary>
internal static class Rendered
{
    public const string ConfigMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          key: value
        """;

    public const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          template:
            spec:
              containers:
              - name: main
                image: nginx:1.2
                ports:
                - containerPort: 80
        """;

    /// <summary>What a Kustomization named apps/frontend with these further lines of its spec makes of the files.</summary>
    public static KustomizationRendering Kustomization(string spec, params (string Path, string Text)[] files) =>
        Kustomization(spec, KustomizationInputs.None, files);

    public static KustomizationRendering Kustomization(string spec, KustomizationInputs inputs, params (string Path, string Text)[] files)
    {
        var text = $"""
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {"{name: frontend, namespace: apps}"}
            spec:
              interval: 10m
              prune: true
              sourceRef: {"{kind: GitRepository, name: fleet}"}
            {Indent(spec)}
            """;
        return KustomizationRenderer.Render(Flux.Kustomization.Read(Map(text)).OrThrow(), Tree(files), inputs);
    }

    /// <summary>What a HelmRelease named apps/web with these further lines of its spec makes of a chart with these templates.</summary>
    public static HelmRendering HelmRelease(string spec, params (string Path, string Text)[] templates)
    {
        var release = Release(spec);
        var chart = ChartLoader.LoadDirectory(Tree([("Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0"), .. templates])).OrThrow();
        return HelmReleaseRenderer.Render(
            release,
            chart,
            [],
            new() { Name = HelmReleaseRenderer.ReleaseName(release), Namespace = HelmReleaseRenderer.ReleaseNamespace(release) },
            Capabilities.Default,
            RenderOptions.Default);
    }

    public static HelmRelease Release(string spec, string name = "web")
    {
        var text = $"""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {"{"}name: {name}, namespace: apps{"}"}
            spec:
              interval: 10m
              chartRef: {"{kind: OCIRepository, name: chart}"}
            {Indent(spec)}
            """;
        return Flux.HelmRelease.Read(Map(text)).OrThrow();
    }

    public static MapValue Map(string text) => Assert.IsType<MapValue>(YamlReader.Read(text).OrThrow());

    public static MapValue Single(this KustomizationRendering rendering)
    {
        Assert.Empty(rendering.Diagnostics);
        return Assert.Single(rendering.Objects);
    }

    /// <summary>The one mistake of a rendering.</summary>
    public static string Mistake(this KustomizationRendering rendering)
    {
        Assert.True(rendering.HasErrors);
        return Assert.Single(rendering.Diagnostics, static d => d.Severity == Severity.Error).Message;
    }

    /// <summary><c>Kind/name</c> of every object, in order.</summary>
    public static string Names(this KustomizationRendering rendering)
    {
        Assert.Empty(rendering.Diagnostics);
        return string.Join(' ', rendering.Objects.Select(static o => $"{o.GetString("kind")}/{o.At("metadata", "name")}"));
    }

    public static string? Text(this MapValue value, params ReadOnlySpan<string> path) => value.At(path)?.ToString();

    private static MemoryFileTree Tree((string Path, string Text)[] files) =>
        MemoryFileTree.FromText(files.Select(static f => KeyValuePair.Create(f.Path, f.Text)));

    private static string Indent(string lines) =>
        string.Join('\n', lines.Split('\n').Select(static l => "  " + l));

    private static T OrThrow<T>(this Parsed<T> parsed)
        where T : class
    {
        Assert.DoesNotContain(parsed.Diagnostics, static d => d.Severity == Severity.Error);
        return parsed.Result!;
    }
}
