using System.Diagnostics;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>What a run wants the cluster to be: a Git repository of ConfigMaps and a chart in a registry, changed step by step.</summary>
internal sealed class ChaosFleet(ChaosSources sources, string root, string name, ChaosDice dice)
{
    private readonly string _work = Path.Combine(root, "work", name);
    private readonly string _bare = Path.Combine(root, "git", $"{name}.git");
    private int _versions;

    /// <summary>The ConfigMaps that must be there, with the value of each.</summary>
    public SortedDictionary<string, string> Wanted { get; } = new(StringComparer.Ordinal);

    /// <summary>The ConfigMap of the release and its value.</summary>
    public string ChartValue { get; private set; } = "";

    public string Commit { get; private set; } = "";

    public string ChartDigest { get; private set; } = "";

    /// <summary>How many charts were pushed.</summary>
    public int Charts => _versions;

    public void Create()
    {
        Directory.CreateDirectory(_work);
        Directory.CreateDirectory(Path.GetDirectoryName(_bare)!);
        Git(_work, "init", "--quiet", "--initial-branch=main");
        Git(root, "init", "--quiet", "--bare", "--initial-branch=main", _bare);
        for (var i = 0; i < 5; i++)
        {
            Write($"cm-{i}");
        }

        Push();
        PushChart();
    }

    /// <summary>Changes some ConfigMaps, adds one and takes one away; the chart changes too.</summary>
    public void Change(int step)
    {
        var names = Wanted.Keys.ToList();
        Remove(names[dice.Next(0, names.Count)]);
        foreach (var present in Wanted.Keys.ToList())
        {
            if (dice.Next(0, 2) == 0)
            {
                Write(present);
            }
        }

        Write($"new-{step}");
        Push();
        PushChart();
    }

    /// <summary>Leaves one ConfigMap of all.</summary>
    public void Shrink()
    {
        foreach (var present in Wanted.Keys.Skip(1).ToList())
        {
            Remove(present);
        }

        Push();
    }

    private void Write(string config)
    {
        Wanted[config] = $"v{dice.Next(0, 1_000_000)}";
        var folder = config.StartsWith("new", StringComparison.Ordinal) ? "late" : "apps";
        Directory.CreateDirectory(Path.Combine(_work, "apps"));
        Directory.CreateDirectory(Path.Combine(_work, "late"));
        File.WriteAllText(
            Path.Combine(_work, folder, $"{config}.yaml"),
            $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {config}\n  namespace: {name}\ndata:\n  value: {Wanted[config]}\n");
        File.WriteAllText(Path.Combine(_work, "late", "README.md"), "what depends on the rest\n");
    }

    private void Remove(string config)
    {
        Wanted.Remove(config);
        File.Delete(Path.Combine(_work, config.StartsWith("new", StringComparison.Ordinal) ? "late" : "apps", $"{config}.yaml"));
    }

    private void Push()
    {
        Git(_work, "add", "--all");
        Git(_work, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--allow-empty", "--message", "change");
        Git(_work, "push", "--quiet", "--force", _bare, "HEAD:main");
        Commit = Git(_work, "rev-parse", "HEAD").Trim();
    }

    private void PushChart()
    {
        _versions++;
        ChartValue = $"c{_versions}-{dice.Next(0, 1_000_000)}";
        var folder = Path.Combine(root, "charts", name, "app");
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.WriteAllText(Path.Combine(folder, "Chart.yaml"), $"apiVersion: v2\nname: app\nversion: 1.0.{_versions}\n");
        File.WriteAllText(
            Path.Combine(folder, "templates", "config.yaml"),
            $$$"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: release
            data:
              value: {{{ChartValue}}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: release-{{{_versions}}}
            data:
              value: {{{ChartValue}}}
            """);
        File.WriteAllText(
            Path.Combine(folder, "templates", "hook.yaml"),
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: hook-{{ .Release.Revision }}
              annotations:
                helm.sh/hook: pre-install,pre-upgrade
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: hook, image: hook}]
            """);
        using var layer = new MemoryStream();
        TarGz.WriteDirectory(Path.GetDirectoryName(folder)!, new IgnorePatterns(), layer);
        ChartDigest = sources.Push($"{name}/app", "v1", layer.ToArray());
    }

    private static string Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }
}
