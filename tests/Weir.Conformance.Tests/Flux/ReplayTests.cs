using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Flux;

/// <summary>
/// Scenarios that the real Flux controllers played against a real API server, played here against <c>weir apiserver</c> and
/// <c>weir controller</c>: objects, field managers, statuses, events and release Secrets must be the same.
/// </summary>
public sealed class ReplayTests
{
    private const string Workers = "8";

    private static readonly string[] Areas = ["kustomization", "sources", "helmrelease"];

    // The recordings' driver serves git, charts and images at these.
    private static readonly int[] DriverPorts = [18200, 18201, 18202];

    // An uninstallation that failed is tried again sooner than Flux tries it: how far it is then depends on the machine.
    private static readonly string[] TimeDependent = ["helmrelease/hr-uninstall-held"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task What_the_controllers_leave_in_a_cluster_is_what_Flux_leaves()
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var recordings = Path.Combine(ConformanceData.Directory, "flux");
        Assert.SkipUnless(File.Exists(Path.Combine(recordings, "replay.py")), "no recordings of Flux in the conformance data");
        Assert.SkipUnless(ProgramFinder.Find("docker-registry") is not null, "docker-registry is not on the PATH");
        Assert.SkipUnless(ProgramFinder.Find("git") is not null, "git is not on the PATH");
        var python = await ProgramFinder.FindPythonAsync("yaml", "requests", TestContext.Current.CancellationToken);
        Assert.SkipWhen(python is null, "no python3 with yaml and requests");
        Assert.SkipUnless(DriverPorts.All(IsFree), $"one of the ports {string.Join(", ", DriverPorts)} is taken");

        var project = TestData.ProjectDirectory(typeof(ReplayTests).Assembly);
        var suite = new Suite("Flux scenarios", Path.Combine(project, "Flux", "known-differences.txt"));
        var hasHelm = ProgramFinder.Find("helm") is not null;
        var files = new List<string>();
        foreach (var area in Areas)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(recordings, area), "*.json").Order(StringComparer.Ordinal))
            {
                if (TimeDependent.Contains($"{area}/{Path.GetFileNameWithoutExtension(file)}", StringComparer.Ordinal)
                    || !hasHelm && UsesHelm(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)))
                {
                    suite.Skip($"{area}/{Path.GetFileNameWithoutExtension(file)}");
                }
                else
                {
                    files.Add(file);
                }
            }
        }

        await using var cluster = await WeirCluster.StartAsync(TestContext.Current.CancellationToken);
        foreach (var (id, difference) in await PlayAsync(python!, Path.Combine(project, "Flux", "play.py"), recordings, cluster, files))
        {
            suite.Run(id, () => difference);
        }

        suite.Finish();
    }

    private static async Task<List<(string Id, string? Difference)>> PlayAsync(
        string python, string script, string recordings, WeirCluster cluster, List<string> files)
    {
        var start = new ProcessStartInfo(python) { WorkingDirectory = cluster.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (IEnumerable<string>)[script, recordings, Workers, .. files])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in cluster.Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var results = new List<(string, string?)>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                Assert.True(JsonReader.Read(line).TryGet(out var value), line);
                var differences = ((MapValue)value).GetList("differences")!;
                results.Add((((MapValue)value).GetString("id")!, differences.Count == 0 ? null : string.Join("\n  ", differences.Take(8))));
            }

            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Assert.True(results.Count == files.Count, $"{results.Count} of {files.Count} scenarios were played; {await errors}");
        return results;
    }

    private static bool UsesHelm(string recording) =>
        JsonReader.Read(recording).TryGet(out var value)
        && ((MapValue)value).GetList("steps")!.Any(static s => s is MapValue step && step.GetList("helm") is not null);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
