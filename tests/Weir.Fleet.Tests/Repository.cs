using System.Diagnostics;
using Weir.Rendering;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;

namespace Weir.Fleet.Tests;

/// <summary>A Git repository with a small fleet: one cluster, a Kustomization of plain objects and a release of a chart.</summary>
internal sealed class Repository : IDisposable
{
    public Repository()
    {
        Git("init", "--quiet", "--initial-branch=main");
        Write("clusters/one/apps.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: apps, namespace: flux-system}
            spec:
              interval: 10m
              path: ./apps
              prune: true
              wait: true
              sourceRef: {kind: GitRepository, name: flux-system}
              postBuild:
                substituteFrom:
                - {kind: ConfigMap, name: settings}
            """);
        Write("clusters/one/settings.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: flux-system}
            data: {color: blue}
            """);
        Write("apps/config.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config, namespace: default}
            data:
              color: ${color}
            """);
        Write("apps/release.yaml", """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: web, namespace: default}
            spec:
              interval: 10m
              chart:
                spec:
                  chart: ./charts/web
                  sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
              values:
                replicas: 2
            """);
        Write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0");
        Write("charts/web/values.yaml", "image: nginx:1.0\nreplicas: 1");
        Write("charts/web/templates/deployment.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ .Release.Name }}
              namespace: {{ .Release.Namespace }}
              annotations:
                checksum/config: {{ .Values.image | sha256sum }}
                salt: {{ randAlphaNum 8 }}
            spec:
              replicas: {{ .Values.replicas }}
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: {{ .Values.image }}
            """);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("weir-fleet-").FullName;

    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text + "\n");
    }

    public void Replace(string path, string old, string changed)
    {
        var full = Path.Combine(Folder, path);
        var text = File.ReadAllText(full);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(full, text.Replace(old, changed, StringComparison.Ordinal));
    }

    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    public string Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "--allow-empty", "--message", "change");
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }

    /// <summary>The diff between two revisions with its findings.</summary>
    public async Task<FleetReport> DiffAsync(string from, string to)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var git = new GitProgram();
        using var revisions = await FleetRevisions.OpenAsync(Folder, git, cancellation);
        using var sources = new FleetSources(SourceMirrors.None, Path.Combine(Folder, ".git", "weir-cache"), git);
        var builder = new FleetBuilder(sources, new() { Revisions = revisions, Decryption = Keys });
        var before = await builder.BuildAsync(await revisions.AtAsync(from, cancellation), cancellation);
        var after = await builder.BuildAsync(await revisions.AtAsync(to, cancellation), cancellation);
        Work = builder.Work;
        var diff = FleetDiff.Compare(from, before, to, after, new());
        return new(diff, FindingRules.Run(diff, before, after));
    }

    /// <summary>Opens encrypted files when it is set.</summary>
    public SopsDecryption? Keys { get; set; }

    /// <summary>The clusters at a revision.</summary>
    public async Task<IReadOnlyList<BuiltCluster>> BuildAsync(string revision)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var git = new GitProgram();
        using var revisions = await FleetRevisions.OpenAsync(Folder, git, cancellation);
        using var sources = new FleetSources(SourceMirrors.None, Path.Combine(Folder, ".git", "weir-cache"), git);
        return await new FleetBuilder(sources, new() { Revisions = revisions, Decryption = Keys }).BuildAsync(await revisions.AtAsync(revision, cancellation), cancellation);
    }

    /// <summary>How much was rendered and reused by the last diff.</summary>
    public (int Rendered, int Reused) Work { get; private set; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
