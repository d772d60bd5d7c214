using System.Diagnostics;
using Weir.ApiServer;

namespace Weir.EndToEnd.Tests;

/// <summary>An embedded cluster, a namespace of its own in it, and the real kubectl speaking to both.</summary>
internal sealed class KubectlCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ApiServerHost _host;
    private readonly string _directory;

    private KubectlCluster(ApiServerHost host, string directory)
    {
        _host = host;
        _directory = directory;
    }

    public static async Task<KubectlCluster> StartAsync()
    {
        Requires.Kubectl();
        var host = await ApiServerHost.StartAsync(new ApiServerOptions(), TestContext.Current.CancellationToken);
        var directory = Directory.CreateTempSubdirectory("weir-kubectl-").FullName;
        host.WriteAdminKubeconfig(Path.Combine(directory, "kubeconfig"));
        var cluster = new KubectlCluster(host, directory);
        await cluster.OkAsync("create", "namespace", "demo");
        await cluster.OkAsync("config", "set-context", "--current", "--namespace=demo");
        return cluster;
    }

    /// <summary>Writes a manifest that commands name.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_directory, file), text);

    /// <summary>Runs a command that must succeed and answers what it prints.</summary>
    public async Task<string> OkAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>Runs a command that must fail and answers what it prints.</summary>
    public async Task<string> FailsAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.True(code != 0, $"kubectl {string.Join(' ', arguments)} succeeded:\n{output}");
        return output;
    }

    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl") { WorkingDirectory = _directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["KUBECONFIG"] = Path.Combine(_directory, "kubeconfig");
        start.Environment["HOME"] = _directory;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
