using System.Diagnostics;
using Weir.ApiServer;
using Weir.Testing;

namespace Weir.Conformance.Tests.Kubernetes;

/// <summary>Conversations recorded from a real kube-apiserver, replayed against the embedded one by the recordings' own program.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const string Python = "python3";
    private const string Token = "replay-token";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_embedded_API_answers_as_the_recorded_server_did()
    {
        var folder = ConformanceData.Directory is { } data ? Path.Combine(data, "kubernetes") : null;
        Assert.SkipWhen(folder is null || !File.Exists(Path.Combine(folder, "replay.py")), ConformanceData.SkipReason);
        Assert.SkipUnless(IsOnPath(Python), $"{Python} is not on the PATH");
        var tokens = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(tokens, $"{Token},admin,admin,\"system:masters\"\n", TestContext.Current.CancellationToken);
            var options = new ApiServerOptions { TokenAuthFile = tokens, Simulation = null, PublishesRootCertificate = false };
            await using var host = await ApiServerHost.StartAsync(options, TestContext.Current.CancellationToken);
            var suite = new ConformanceSuite("Kubernetes", Path.Combine(TestData.ProjectDirectory(typeof(ReplayTests).Assembly), "Kubernetes", "known-differences.txt"));
            foreach (var (id, difference) in await ReplayAsync(folder, host.Address))
            {
                suite.Take(id, () => difference);
            }

            output.WriteLine(suite.Summary);
            Assert.True(suite.IsGreen, suite.Summary + "\n" + suite.Failures);
        }
        finally
        {
            File.Delete(tokens);
        }
    }

    /// <summary>Each conversation with its first difference, or <see langword="null"/>.</summary>
    private static async Task<IReadOnlyList<(string Id, string? Difference)>> ReplayAsync(string folder, Uri server)
    {
        var start = new ProcessStartInfo(Python)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["replay.py", "--server", server.GetLeftPart(UriPartial.Authority), "--token", Token, "--jobs", "4"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var text = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var cases = Parse(text);
            Assert.True(cases.Count > 0, $"the replay told nothing: {text}{await errors}");
            return cases;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static List<(string Id, string? Difference)> Parse(string text)
    {
        var cases = new List<(string Id, string? Difference)>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["agree" or "differ", var id] && id.Contains('/', StringComparison.Ordinal))
            {
                cases.Add((id, words[0] == "agree" ? null : ""));
            }
            else if (line.StartsWith(' ') && cases.Count > 0 && cases[^1].Difference is { } difference)
            {
                cases[^1] = (cases[^1].Id, $"{difference}\n{line}");
            }
        }

        return cases;
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, program)));
}
