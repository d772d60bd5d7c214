using System.Diagnostics;

namespace Weir.Conformance.Tests.Flux;

/// <summary>Finds programs that a suite needs.</summary>
internal static class ProgramFinder
{
    /// <summary>The path of a program on the PATH, or <see langword="null"/>.</summary>
    public static string? Find(string name)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>A Python that has both modules, or <see langword="null"/>.</summary>
    public static async Task<string?> FindPythonAsync(string first, string second, CancellationToken cancellationToken)
    {
        foreach (var candidate in (string?[])["/usr/bin/python3", Find("python3")])
        {
            if (candidate is null || !File.Exists(candidate))
            {
                continue;
            }

            using var process = Process.Start(new ProcessStartInfo(candidate, ["-c", $"import {first}, {second}"]) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0)
            {
                return candidate;
            }
        }

        return null;
    }
}
