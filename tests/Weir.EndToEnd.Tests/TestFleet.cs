using System.Diagnostics;

namespace Weir.EndToEnd.Tests;

/// <summary>A Git repository in a folder of its own, removed with the test.</summary>
internal sealed class TestFleet : IDisposable
{
    public TestFleet()
    {
        Folder = Directory.CreateTempSubdirectory("weir-fleet-").FullName;
        Git("init", "--quiet", "--initial-branch=main");
    }

    public string Folder { get; }

    public string Kubeconfig => Path.Combine(Folder, ".kubeconfig");

    /// <summary>The smallest fleet: one cluster with one Kustomization of one ConfigMap and a chart.</summary>
    public static TestFleet Small()
    {
        var fleet = new TestFleet();
        fleet.Write("clusters/one/apps.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              interval: 10m
              retryInterval: 1s
              timeout: 1m
              path: ./apps
              prune: true
              wait: true
              sourceRef:
                kind: GitRepository
                name: flux-system
            """);
        fleet.Write("apps/config.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: config
              namespace: default
            data:
              color: blue
            """);
        return fleet;
    }

    /// <summary>A chart of one ConfigMap, released into the namespace default.</summary>
    public TestFleet WithChart()
    {
        Write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        Write("charts/app/values.yaml", "color: red\n");
        Write("charts/app/templates/config.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ .Release.Name }}-chart
            data:
              color: {{ .Values.color }}
            """);
        Write("apps/release.yaml", """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: app
              namespace: default
            spec:
              interval: 10m
              chart:
                spec:
                  chart: ./charts/app
                  reconcileStrategy: Revision
                  sourceRef:
                    kind: GitRepository
                    name: flux-system
                    namespace: flux-system
              upgrade:
                remediation:
                  retries: 1
            """);
        return this;
    }

    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text + "\n");
    }

    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    public string Commit(string message = "change")
    {
        Git("add", "--all", "--", ":!.state", ":!.data", ":!.kubeconfig");
        Git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--allow-empty", "--message", message);
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments) => Run("git", arguments);

    /// <summary>Runs kubectl against the fleet's clusters.</summary>
    public string Kubectl(params string[] arguments) => Run("kubectl", ["--kubeconfig", Kubeconfig, .. arguments]);

    /// <summary>Starts <c>weir up</c> on this fleet.</summary>
    public WeirProcess Up(params string[] arguments) => WeirProcess.Start(Folder, ["up", ".", "--kubeconfig-out", Kubeconfig, .. arguments]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Run(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}{error.Result}");
        return output;
    }
}
