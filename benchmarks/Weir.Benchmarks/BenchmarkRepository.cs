using System.Diagnostics;

namespace Weir.Benchmarks;

/// <summary>A Git repository that a measurement makes.</summary>
internal static class BenchmarkRepository
{
    /// <summary>Commits everything but what runs of the program leave there.</summary>
    public static void Commit(string folder, string message)
    {
        Git(folder, "add", "--all", "--", ":!.state", ":!.kubeconfig");
        Git(folder, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "--quiet", "--message", message);
    }

    /// <summary>What git prints. Throws when it fails.</summary>
    public static string Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
