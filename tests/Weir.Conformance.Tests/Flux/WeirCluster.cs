using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Weir.Conformance.Tests.Flux;

/// <summary><c>weir apiserver</c> and <c>weir controller</c> as users start them, on ports of their own.</summary>
internal sealed class WeirCluster : IAsyncDisposable
{
    private const string Token = "conformance-token";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly List<Process> _processes = [];

    private WeirCluster(string folder) => Folder = folder;

    /// <summary>Where the programs and the driver run.</summary>
    public string Folder { get; }

    /// <summary>What the recordings' driver reads from its environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public static async Task<WeirCluster> StartAsync(CancellationToken cancellationToken)
    {
        var cluster = new WeirCluster(Directory.CreateTempSubdirectory("weir-flux-replay-").FullName);
        try
        {
            await cluster.RunAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _processes.Count - 1; i >= 0; i--)
        {
            using var process = _processes[i];
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var (api, artifacts, receiver) = (FreePort(), FreePort(), FreePort());
        var tokens = Path.Combine(Folder, "tokens.csv");
        await File.WriteAllTextAsync(tokens, $"{Token},admin,1,\"system:masters\"\n", cancellationToken);
        await StartAsync("export KUBECONFIG", ["apiserver", "--port", $"{api}", "--token-auth-file", tokens, "--kubeconfig-out", "kubeconfig"], cancellationToken);
        await StartAsync(
            "Controllers run",
            [
                "controller", "--kubeconfig", "kubeconfig", "--artifact-address", $"127.0.0.1:{artifacts}", "--receiver-address", $"127.0.0.1:{receiver}",
                "--concurrency", "10",
            ],
            cancellationToken);
        Variables["CONF_API"] = $"https://127.0.0.1:{api}";
        Variables["CONF_TOKEN"] = Token;
        Variables["CONF_ARTIFACTS"] = $"http://127.0.0.1:{artifacts}";
        Variables["CONF_RECEIVER"] = $"http://127.0.0.1:{receiver}";
        Variables["CONF_HELM"] = "helm";
        Variables["KUBECONFIG"] = Path.Combine(Folder, "kubeconfig");
    }

    private async Task StartAsync(string sign, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "weir.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        _processes.Add(process);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, e) => Look(e.Data);
        process.ErrorDataReceived += (_, e) => Look(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await seen.Task.WaitAsync(StartLimit, cancellationToken);

        void Look(string? line)
        {
            if (line?.Contains(sign, StringComparison.Ordinal) == true)
            {
                seen.TrySetResult();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
